package io.headwater.cli.load;

import java.util.UUID;

/**
 * A set of ids in two arrays: 32 to 64 bytes an id where a {@link java.util.HashSet} takes twice as much, because an import
 * may have to know millions. Open addressing with linear probing; ids are never removed.
 */
final class IdSet {
    private static final int SMALLEST = 8;

    private long[] slots = new long[2 * SMALLEST];
    private int size;
    private boolean hasZero;

    int size() {
        return size;
    }

    /** Whether it was not there yet. */
    boolean add(UUID id) {
        if (isZero(id)) {
            boolean added = !hasZero;
            hasZero = true;
            size += added ? 1 : 0;
            return added;
        }
        int slot = find(id);
        if (isTaken(slot)) {
            return false;
        }
        put(slot, id.getMostSignificantBits(), id.getLeastSignificantBits());
        size++;
        growIfFull();
        return true;
    }

    boolean contains(UUID id) {
        return isZero(id) ? hasZero : isTaken(find(id));
    }

    /** All bits zero is how an empty slot looks. */
    private static boolean isZero(UUID id) {
        return id.getMostSignificantBits() == 0 && id.getLeastSignificantBits() == 0;
    }

    private boolean isTaken(int slot) {
        return slots[slot] != 0 || slots[slot + 1] != 0;
    }

    private int find(UUID id) {
        return find(id.getMostSignificantBits(), id.getLeastSignificantBits());
    }

    private int find(long high, long low) {
        int slot = start(high, low);
        while (isTaken(slot) && !(slots[slot] == high && slots[slot + 1] == low)) {
            slot = slot + 2 & slots.length - 1;
        }
        return slot;
    }

    /** Ids may come from a hostile or a counting source: all their bits take part, well mixed (the finaliser of SplitMix64). */
    private int start(long high, long low) {
        long mixed = high * 0x9E3779B97F4A7C15L + low;
        mixed = (mixed ^ mixed >>> 30) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ mixed >>> 27) * 0x94D049BB133111EBL;
        return (int) (mixed ^ mixed >>> 31) << 1 & slots.length - 1;
    }

    private void put(int slot, long high, long low) {
        slots[slot] = high;
        slots[slot + 1] = low;
    }

    private void growIfFull() {
        if (size * 4L < slots.length / 2 * 3L) {
            return;
        }
        long[] old = slots;
        slots = new long[old.length * 2];
        for (int i = 0; i < old.length; i += 2) {
            if (old[i] != 0 || old[i + 1] != 0) {
                put(find(old[i], old[i + 1]), old[i], old[i + 1]);
            }
        }
    }
}

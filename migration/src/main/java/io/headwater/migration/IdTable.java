package io.headwater.migration;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A table of ids, each with the same number of {@code long} values, in one array: half the memory of a {@link
 * java.util.HashMap} at the most, because an import may have to know millions. Open addressing with linear probing; ids
 * are never removed.
 */
final class IdTable {
    private static final int MIN_CAPACITY = 8;
    private static final int ID = 2;

    private final int width;
    private long[] slots;
    private int size;
    /** The values of the id whose bits are all zero, which is how an empty slot looks. */
    private long @Nullable [] zero;

    /** A table with this number of values for each id. */
    IdTable(int values) {
        this.width = ID + values;
        this.slots = new long[width * MIN_CAPACITY];
    }

    int size() {
        return size;
    }

    /** Whether it was not there yet. If it was, it keeps its values. */
    boolean add(UUID id, long... values) {
        if (contains(id)) {
            return false;
        }
        if (isZero(id)) {
            zero = values.clone();
        } else {
            put(id.getMostSignificantBits(), id.getLeastSignificantBits(), values, 0);
            growIfFull();
        }
        size++;
        return true;
    }

    boolean contains(UUID id) {
        return isZero(id) ? zero != null : isTaken(find(id));
    }

    /** One of the values of an id that is there. */
    long value(UUID id, int index) {
        long[] ofZero = zero;
        return isZero(id) && ofZero != null ? ofZero[index] : slots[find(id) + ID + index];
    }

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
            slot = slot + width == slots.length ? 0 : slot + width;
        }
        return slot;
    }

    /**
     * Ids may come from a hostile or a counting source: all their bits take part, well mixed (the finaliser of
     * SplitMix64).
     */
    private int start(long high, long low) {
        long mixed = high * 0x9E3779B97F4A7C15L + low;
        mixed = (mixed ^ mixed >>> 30) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ mixed >>> 27) * 0x94D049BB133111EBL;
        return ((int) (mixed ^ mixed >>> 31) & capacity() - 1) * width;
    }

    /** How many ids there is room for; a power of two. */
    private int capacity() {
        return slots.length / width;
    }

    private void put(long high, long low, long[] from, int at) {
        int slot = find(high, low);
        slots[slot] = high;
        slots[slot + 1] = low;
        System.arraycopy(from, at, slots, slot + ID, width - ID);
    }

    private void growIfFull() {
        if (size * 4L < capacity() * 3L) {
            return;
        }
        long[] old = slots;
        slots = new long[old.length * 2];
        for (int i = 0; i < old.length; i += width) {
            if (old[i] != 0 || old[i + 1] != 0) {
                put(old[i], old[i + 1], old, i + ID);
            }
        }
    }
}

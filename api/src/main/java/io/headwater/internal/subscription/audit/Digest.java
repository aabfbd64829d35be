package io.headwater.internal.subscription.audit;

import io.headwater.InvalidRequest;
import io.headwater.Position;
import io.headwater.spi.Positions;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Deque;
import java.util.List;
import java.util.UUID;

/**
 * A summary of a set of events, of fixed size and without an order, from which the difference to another such set can be
 * read, as long as it has no more than some twenty events: an invertible Bloom lookup table (Goodrich and Mitzenmacher,
 * "Invertible Bloom Lookup Tables", 2011; Eppstein et al., "What's the Difference? Efficient Set Reconciliation without Prior
 * Context", SIGCOMM 2011). Each event is added to three cells; a cell with the difference of a single event names it, and
 * taking that one out of its cells uncovers others.
 *
 * <p>Sums instead of exclusive ors, so that an event that was added twice does not vanish. Not thread-safe.
 */
final class Digest {
    private static final int PARTS = 3;
    private static final int CELLS_PER_PART = 24;
    private static final int CELLS = PARTS * CELLS_PER_PART;
    private static final int BYTES = CELLS * (Integer.BYTES + 3 * Long.BYTES);

    private final int[] counts = new int[CELLS];
    private final long[] positions = new long[CELLS];
    private final long[] hashes = new long[CELLS];
    private final long[] checks = new long[CELLS];

    /**
     * An event by which two sets differ.
     *
     * @param position the position that the store gave when the event was handled or read
     * @param hash the hash of its position and id
     * @param times how many times more the first set contains it than the second; negative if fewer
     */
    record Difference(Position position, long hash, int times) {}

    /** Adds an event. */
    void add(Position position, UUID id) {
        addHash(Positions.number(position), hash(position, id), 1);
    }

    /** Returns a hash that is practically unique for each event. */
    static long hash(Position position, UUID id) {
        return mix(mix(mix(Positions.number(position)) ^ id.getMostSignificantBits()) ^ id.getLeastSignificantBits());
    }

    /** The finalizer of SplitMix64 (Steele, Lea and Flood, "Fast Splittable Pseudorandom Number Generators", 2014). */
    private static long mix(long value) {
        long z = value + 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    private void addHash(long position, long hash, int times) {
        for (int part = 0; part < PARTS; part++) {
            int cell = cell(part, hash);
            counts[cell] += times;
            positions[cell] += position * times;
            hashes[cell] += hash * times;
            checks[cell] += check(position, hash) * times;
        }
    }

    private static int cell(int part, long hash) {
        return part * CELLS_PER_PART + (int) Long.remainderUnsigned(hash >>> (20 * part), CELLS_PER_PART);
    }

    private static long check(long position, long hash) {
        return mix(hash ^ Long.rotateLeft(position, 32));
    }

    /** Returns the difference between this set and another one. */
    Digest minus(Digest other) {
        Digest difference = new Digest();
        for (int i = 0; i < CELLS; i++) {
            difference.counts[i] = counts[i] - other.counts[i];
            difference.positions[i] = positions[i] - other.positions[i];
            difference.hashes[i] = hashes[i] - other.hashes[i];
            difference.checks[i] = checks[i] - other.checks[i];
        }
        return difference;
    }

    /** Returns whether the set is empty. */
    boolean isEmpty() {
        for (int i = 0; i < CELLS; i++) {
            if (counts[i] != 0 || positions[i] != 0 || hashes[i] != 0 || checks[i] != 0) {
                return false;
            }
        }
        return true;
    }

    /** Removes the events that can be decoded from a difference, and returns them. The others stay in the set. */
    List<Difference> takeOut() {
        List<Difference> found = new ArrayList<>();
        Deque<Integer> open = new ArrayDeque<>();
        for (int i = 0; i < CELLS; i++) {
            open.add(i);
        }
        while (!open.isEmpty() && found.size() < CELLS) {
            int cell = open.poll();
            if (holdsOne(cell)) {
                int times = counts[cell];
                long position = positions[cell] * times;
                long hash = hashes[cell] * times;
                found.add(new Difference(Positions.of(Math.max(1, position)), hash, times));
                addHash(position, hash, -times);
                for (int part = 0; part < PARTS; part++) {
                    open.add(cell(part, hash));
                }
            }
        }
        return found;
    }

    private boolean holdsOne(int cell) {
        int times = counts[cell];
        if (times != 1 && times != -1) {
            return false;
        }
        long position = positions[cell] * times;
        long hash = hashes[cell] * times;
        return checks[cell] * times == check(position, hash) && cell(cell / CELLS_PER_PART, hash) == cell;
    }

    /** Returns the digest as a text of about 2.7 KB. */
    String encoded() {
        ByteBuffer bytes = ByteBuffer.allocate(BYTES);
        for (int i = 0; i < CELLS; i++) {
            bytes.putInt(counts[i]).putLong(positions[i]).putLong(hashes[i]).putLong(checks[i]);
        }
        return Base64.getEncoder().encodeToString(bytes.array());
    }

    static Digest decoded(String text) {
        ByteBuffer bytes = bytes(text);
        Digest digest = new Digest();
        for (int i = 0; i < CELLS; i++) {
            digest.counts[i] = bytes.getInt();
            digest.positions[i] = bytes.getLong();
            digest.hashes[i] = bytes.getLong();
            digest.checks[i] = bytes.getLong();
        }
        return digest;
    }

    private static ByteBuffer bytes(String text) {
        try {
            byte[] bytes = Base64.getDecoder().decode(text);
            if (bytes.length == BYTES) {
                return ByteBuffer.wrap(bytes);
            }
        } catch (IllegalArgumentException e) {
            throw new InvalidRequest("its digest is not Base64");
        }
        throw new InvalidRequest("the digest has the wrong size");
    }
}

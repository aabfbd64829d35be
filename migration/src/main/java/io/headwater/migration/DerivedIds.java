package io.headwater.migration;

import io.headwater.migration.store.Sha256;
import java.nio.ByteBuffer;
import java.util.UUID;

/**
 * Ids for the events of an input whose lines have none. An id depends on the line and on all lines without an id before it. So the
 * same input has the same ids in every run, also when lines were added at its end. From the first line in which two inputs differ,
 * they have no id in common, even where their lines are equal.
 *
 * <p>An id is a UUID of version 8 (RFC 9562). Its first half is taken from the SHA-256 hash over the lines before, its second half
 * from SHA-256 over that hash and the line. So events that followed the same lines have the same first half.
 */
public final class DerivedIds {
    private static final long VERSION_MASK = 0xF000L;
    private static final long VERSION = 0x8000L;
    private static final long VARIANT_MASK = 0b11L << 62;
    private static final long VARIANT = 0b10L << 62;

    private final Sha256 sha256 = new Sha256();
    private byte[] before;
    private byte[] after;

    /**
     * Ids for an input.
     *
     * @param source the name of the input, if other inputs may begin with the same lines; the same in every run; or empty
     */
    public DerivedIds(String source) {
        this.before = sha256.add(source).hash();
        this.after = before;
    }

    /** The id of this line. Ids of later lines depend on the line only after {@link #taken}. */
    public UUID of(byte[] line) {
        after = sha256.add(before).add(line).hash();
        return new UUID((start(before) & ~VERSION_MASK) | VERSION, (start(after) & ~VARIANT_MASK) | VARIANT);
    }

    private static long start(byte[] hash) {
        return ByteBuffer.wrap(hash).getLong();
    }

    /** Confirms that the line of the last call of {@link #of} is an event. */
    public void taken() {
        before = after;
    }

    /** Whether two ids were made for different lines that followed the same lines. */
    static boolean followTheSameLines(UUID one, UUID other) {
        return one.getMostSignificantBits() == other.getMostSignificantBits() && !one.equals(other);
    }
}

package io.headwater.cli.load;

import java.nio.ByteBuffer;
import java.util.UUID;

/**
 * Ids for the events of an input whose lines have none. Each is made of the line and of all such lines before it: the same
 * input gives the same ids again, under whatever name it comes, and so does its beginning when it has grown. From the first
 * line on in which two inputs differ, they have no id in common, even where their lines are equal.
 *
 * <p>An id is a UUID of version 8 (RFC 9562). Its first half is taken from the hash over the lines before, its second half from
 * SHA-256 over that hash and the line. So the first half tells which lines an event followed.
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
     * @param source what tells it from other inputs with the same lines; may be empty
     */
    public DerivedIds(String source) {
        this.before = sha256.add(source).hash();
        this.after = before;
    }

    /** The id of this line, if it is an event. Ids of later lines build on it only when it was {@link #taken}. */
    public UUID of(byte[] line) {
        after = sha256.add(before).add(line).hash();
        return new UUID((start(before) & ~VERSION_MASK) | VERSION, (start(after) & ~VARIANT_MASK) | VARIANT);
    }

    private static long start(byte[] hash) {
        return ByteBuffer.wrap(hash).getLong();
    }

    /** The line that the last id was made for is an event. */
    public void taken() {
        before = after;
    }

    /** Whether two ids were made for different lines that followed the same lines. */
    static boolean areRivals(UUID one, UUID other) {
        return one.getMostSignificantBits() == other.getMostSignificantBits() && !one.equals(other);
    }
}

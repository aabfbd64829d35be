package io.headwater.spi.support;

import io.headwater.ContentType;
import io.headwater.EventData;
import io.headwater.InvalidRequest;
import io.headwater.Metadata;
import io.headwater.Payload;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Values of events as numbers and bytes to store, and back. What is refused when reading throws {@link InvalidRequest}, which
 * {@link StoredValues#damaged} turns into a report of damage.
 */
public final class ValueCodes {
    private static final int UUID_BYTES = 2 * Long.BYTES;
    private static final long MICROS_PER_SECOND = 1_000_000;
    private static final long NANOS_PER_MICRO = 1_000;

    private ValueCodes() {}

    /**
     * A time as microseconds since 1970, rounded down. Times out of range are the least or the greatest number. Not by {@link
     * ChronoUnit#MICROS}, which before JDK 18 counts nanoseconds, and so overflows after 292 years.
     */
    public static long micros(Instant time) {
        boolean before = time.getEpochSecond() < 0;
        long seconds = before ? time.getEpochSecond() + 1 : time.getEpochSecond();
        long rest = time.getNano() / NANOS_PER_MICRO - (before ? MICROS_PER_SECOND : 0);
        try {
            return Math.addExact(Math.multiplyExact(seconds, MICROS_PER_SECOND), rest);
        } catch (ArithmeticException e) {
            return before ? Long.MIN_VALUE : Long.MAX_VALUE;
        }
    }

    /** The time of {@link #micros}. */
    public static Instant instant(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }

    /** An id as 16 bytes, big-endian. */
    public static byte[] bytes(UUID id) {
        return ByteBuffer.allocate(UUID_BYTES)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .array();
    }

    /** The id of {@link #bytes}. Refuses any other number of bytes. */
    public static UUID uuid(byte[] stored) {
        if (stored.length != UUID_BYTES) {
            throw new InvalidRequest("an id has %s bytes, not %s".formatted(stored.length, UUID_BYTES));
        }
        ByteBuffer bytes = ByteBuffer.wrap(stored);
        return new UUID(bytes.getLong(), bytes.getLong());
    }

    /** The content type of a payload: 0 for JSON, 1 for binary. */
    public static short contentType(Payload data) {
        return (short) (data.contentType() == ContentType.JSON ? 0 : 1);
    }

    /** A payload of this {@link #contentType}. Refuses any other number. */
    public static Payload payload(int contentType, byte[] data) {
        return switch (contentType) {
            case 0 -> Payload.of(data, ContentType.JSON);
            case 1 -> Payload.of(data, ContentType.BINARY);
            default -> throw new InvalidRequest("a content type is %s, neither 0 nor 1".formatted(contentType));
        };
    }

    /** The encoded metadata of an event; null for none. */
    public static byte @Nullable [] metadata(EventData event) {
        return event.metadata().isEmpty() ? null : event.metadata().encoded();
    }

    /** The metadata of {@link #metadata(EventData)}. */
    public static Metadata metadata(byte @Nullable [] stored) {
        return stored == null ? Metadata.none() : Metadata.decoded(stored);
    }
}

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
 * Converts values of events to numbers and bytes to store, and back. A stored value that cannot be converted is refused
 * with {@link InvalidRequest}, which {@link StoredValues#damaged} turns into a report of damage.
 */
public final class ValueCodes {
    private static final int UUID_BYTES = 2 * Long.BYTES;
    private static final long MICROS_PER_SECOND = 1_000_000;
    private static final long NANOS_PER_MICRO = 1_000;

    private ValueCodes() {}

    /**
     * Returns a time as microseconds since 1970, rounded down. A time out of range becomes the minimum or maximum
     * number. It does not use {@link ChronoUnit#MICROS}, which counts nanoseconds before JDK 18, and so overflows after
     * 292 years.
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

    /** Converts the result of {@link #micros} back. */
    public static Instant instant(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }

    /** Returns an id as 16 bytes, big-endian. */
    public static byte[] bytes(UUID id) {
        return ByteBuffer.allocate(UUID_BYTES)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .array();
    }

    /** Converts the result of {@link #bytes} back. Refuses any other number of bytes. */
    public static UUID uuid(byte[] stored) {
        if (stored.length != UUID_BYTES) {
            throw new InvalidRequest("an id has %s bytes, not %s".formatted(stored.length, UUID_BYTES));
        }
        ByteBuffer bytes = ByteBuffer.wrap(stored);
        return new UUID(bytes.getLong(), bytes.getLong());
    }

    /** Returns the code of a payload's content type: 0 for JSON, 1 for binary. */
    public static short contentType(Payload data) {
        return (short) (data.contentType() == ContentType.JSON ? 0 : 1);
    }

    /** Returns a payload with the content type of this code. Refuses any other code. */
    public static Payload payload(int contentType, byte[] data) {
        return switch (contentType) {
            case 0 -> Payload.of(data, ContentType.JSON);
            case 1 -> Payload.of(data, ContentType.BINARY);
            default -> throw new InvalidRequest("a content type is %s, neither 0 nor 1".formatted(contentType));
        };
    }

    /** Returns the encoded metadata of an event; null for none. */
    public static byte @Nullable [] metadata(EventData event) {
        return event.metadata().isEmpty() ? null : event.metadata().encoded();
    }

    /** Converts the result of {@link #metadata(EventData)} back. */
    public static Metadata metadata(byte @Nullable [] stored) {
        return stored == null ? Metadata.none() : Metadata.decoded(stored);
    }
}

package io.headwater;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/** The ids of a command's events in one stream: they differ in their last 16 bits only, so that any of them tells the command. */
record CommandEventIds(long high, long low) {
    private static final int MOST = 0xFFFF;

    static CommandEventIds of(CommandId command, StreamId stream) {
        ArgumentChecks.notNull(stream, "stream");
        // Neither can contain a line feed.
        ByteBuffer digest = ByteBuffer.wrap(sha256(stream.value() + "\n" + command.value()));
        long high = (digest.getLong() & ~0xF000L) | 0x8000L;
        long low = (digest.getLong() >>> 2) | Long.MIN_VALUE;
        return new CommandEventIds(high, low & ~MOST);
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    UUID at(int index) {
        ArgumentChecks.that(
                index >= 0 && index <= MOST,
                () -> "index %s of a command's event is not between 0 and %s".formatted(index, MOST));
        return new UUID(high, low | index);
    }

    boolean contains(UUID id) {
        return id.getMostSignificantBits() == high && (id.getLeastSignificantBits() & ~MOST) == low;
    }
}

package io.headwater.cli.ndjson;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/**
 * The id of an event whose line has none: a UUID of version 8 (RFC 9562) made of SHA-256 over the line's number and bytes.
 * The same file gives the same ids again, which is what makes an import repeatable.
 */
final class LineId {
    private LineId() {}

    static UUID of(InputLine line) {
        MessageDigest sha256 = sha256();
        sha256.update(ByteBuffer.allocate(Long.BYTES).putLong(line.number()).flip());
        ByteBuffer hash = ByteBuffer.wrap(sha256.digest(line.bytes()));
        long high = (hash.getLong() & ~0xF000L) | 0x8000L;
        long low = (hash.getLong() & ~(0b11L << 62)) | (0b10L << 62);
        return new UUID(high, low);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}

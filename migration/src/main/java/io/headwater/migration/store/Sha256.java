package io.headwater.migration.store;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** A hash over several values, each with its length before it: where one ends is part of what is hashed. */
public final class Sha256 {
    private final MessageDigest digest = digest();

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    public Sha256 add(String text) {
        return add(text.getBytes(StandardCharsets.UTF_8));
    }

    public Sha256 add(byte[] bytes) {
        return add(ByteBuffer.wrap(bytes));
    }

    public Sha256 add(ByteBuffer bytes) {
        digest.update(
                ByteBuffer.allocate(Integer.BYTES).putInt(bytes.remaining()).flip());
        digest.update(bytes);
        return this;
    }

    /** The hash over everything that was added; the next one begins anew. */
    public byte[] hash() {
        return digest.digest();
    }

    /** The first 64 bits of the hash. */
    public long start() {
        return ByteBuffer.wrap(hash()).getLong();
    }
}

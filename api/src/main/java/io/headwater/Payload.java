package io.headwater;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The bytes of an event and how they are meant. Arrays are copied on the way in and out (P3). */
public final class Payload {
    private final byte[] bytes;
    private final ContentType contentType;

    private Payload(byte[] bytes, ContentType contentType) {
        this.bytes = bytes;
        this.contentType = ArgumentChecks.notNull(contentType, "content type");
    }

    /** These bytes, with this meaning. */
    public static Payload of(byte[] bytes, ContentType contentType) {
        return new Payload(ArgumentChecks.notNull(bytes, "payload").clone(), contentType);
    }

    /** JSON text, stored as its UTF-8 bytes. */
    public static Payload json(String json) {
        return new Payload(Utf8.encode(ArgumentChecks.notNull(json, "payload"), "payload"), ContentType.JSON);
    }

    /** Any bytes. */
    public static Payload binary(byte[] bytes) {
        return of(bytes, ContentType.BINARY);
    }

    public ContentType contentType() {
        return contentType;
    }

    /** A copy of the bytes. */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** The bytes without a copy, read-only. */
    public ByteBuffer buffer() {
        return ByteBuffer.wrap(bytes).asReadOnlyBuffer();
    }

    /** The bytes read as UTF-8; a malformed sequence becomes the replacement character. */
    public String text() {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** Number of bytes. */
    public int size() {
        return bytes.length;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Payload that && contentType == that.contentType && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(bytes) + contentType.hashCode();
    }

    /** Kind and size, never the contents. */
    @Override
    public String toString() {
        return contentType + "[" + bytes.length + " bytes]";
    }
}

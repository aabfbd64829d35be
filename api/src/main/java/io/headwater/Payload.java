package io.headwater;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The data of an event: bytes, and what they are. Immutable; arrays are copied on the way in and out (P3). */
public final class Payload {
    private final byte[] bytes;
    private final ContentType contentType;

    private Payload(byte[] bytes, ContentType contentType) {
        this.bytes = bytes;
        this.contentType = ArgumentChecks.notNull(contentType, "content type");
    }

    /** A payload of these bytes and content type. */
    public static Payload of(byte[] bytes, ContentType contentType) {
        return new Payload(ArgumentChecks.notNull(bytes, "payload").clone(), contentType);
    }

    /** A payload of JSON text, stored in UTF-8. The text is not checked. */
    public static Payload json(String json) {
        return new Payload(Utf8.encode(ArgumentChecks.notNull(json, "payload"), "payload"), ContentType.JSON);
    }

    /** A binary payload. */
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

    /** The bytes as a read-only buffer, without a copy. */
    public ByteBuffer buffer() {
        return ByteBuffer.wrap(bytes).asReadOnlyBuffer();
    }

    /** The bytes as text in UTF-8. A malformed sequence becomes the replacement character U+FFFD. */
    public String text() {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** The number of bytes. */
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

    /** The content type and the size, without the contents. */
    @Override
    public String toString() {
        return contentType + "[" + bytes.length + " bytes]";
    }
}

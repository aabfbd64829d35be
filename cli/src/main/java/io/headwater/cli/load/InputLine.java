package io.headwater.cli.load;

import java.nio.charset.StandardCharsets;

/** A line of an input. Holds the bytes without a copy: they are read, never changed. */
public final class InputLine {
    private static final int SHOWN = 16 * 1024;

    private final long number;
    private final byte[] bytes;
    private final long length;

    /**
     * A line.
     *
     * @param number its place in the input, from 1
     * @param bytes its bytes, or only the first of them if it is too long
     * @param length how many bytes it has in the input
     */
    public InputLine(long number, byte[] bytes, long length) {
        this.number = number;
        this.bytes = bytes;
        this.length = length;
    }

    /** From 1, empty lines counted. */
    public long number() {
        return number;
    }

    /** Its bytes without the line end; only the first of them if it {@link #isTooLong()}. */
    public byte[] bytes() {
        return bytes;
    }

    /** Its length in the input. */
    public long length() {
        return length;
    }

    /** Whether it was too long to be kept whole. */
    public boolean isTooLong() {
        return length > bytes.length;
    }

    /** Whether there is nothing on it but white space. */
    public boolean isBlank() {
        for (byte b : bytes) {
            if (b != ' ' && b != '\t') {
                return false;
            }
        }
        return !isTooLong();
    }

    /** Its beginning, for people to recognise it by; what is not UTF-8 becomes the replacement character. */
    public String text() {
        return new String(bytes, 0, Math.min(bytes.length, SHOWN), StandardCharsets.UTF_8);
    }
}

package io.headwater.migration;

import java.nio.charset.StandardCharsets;

/** A line of an input. It shares the array that it is given, which MUST NOT be changed. */
public final class InputLine {
    private static final int SHOWN = 16 * 1024;

    private final long number;
    private final byte[] bytes;
    private final long length;

    /**
     * A line.
     *
     * @param number its number in the input, from 1, empty lines counted
     * @param bytes its bytes without the end of line, or only the first of them if it is too long
     * @param length its length in the input, in bytes
     */
    public InputLine(long number, byte[] bytes, long length) {
        this.number = number;
        this.bytes = bytes;
        this.length = length;
    }

    /** Its number in the input, from 1, empty lines counted. */
    public long number() {
        return number;
    }

    /** Its bytes without the end of line, not copied; only the first of them if it {@link #isTooLong()}. */
    public byte[] bytes() {
        return bytes;
    }

    /** Its length in the input, in bytes. */
    public long length() {
        return length;
    }

    /** Whether it was too long to be kept whole. */
    public boolean isTooLong() {
        return length > bytes.length;
    }

    /** Whether it has only spaces and tabs. */
    public boolean isBlank() {
        for (byte b : bytes) {
            if (b != ' ' && b != '\t') {
                return false;
            }
        }
        return !isTooLong();
    }

    /** Its first 16 KiB as text; bytes that are not UTF-8 become the replacement character. */
    public String text() {
        return new String(bytes, 0, Math.min(bytes.length, SHOWN), StandardCharsets.UTF_8);
    }
}

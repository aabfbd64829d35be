package io.headwater.cli.ndjson;

import java.io.EOFException;
import java.io.IOException;
import java.util.zip.ZipException;

/** The input cannot be read on, as when a compressed file was cut off. What stood before it was read. */
public final class BrokenInput extends IOException {
    private static final long serialVersionUID = 1L;

    private final long line;

    BrokenInput(long line, IOException cause) {
        super("input breaks off in line " + line + ": " + reason(cause), cause);
        this.line = line;
    }

    private static String reason(IOException cause) {
        if (cause instanceof EOFException) {
            return "the compressed data ends too early, so the file is cut off";
        }
        return cause instanceof ZipException
                ? "the compressed data is damaged: " + cause.getMessage()
                : String.valueOf(cause.getMessage());
    }

    /** Whether the input is damaged, so that reading it again does not help. */
    public boolean isDamaged() {
        return getCause() instanceof EOFException || getCause() instanceof ZipException;
    }

    /** The line that could not be read whole. */
    public long line() {
        return line;
    }
}

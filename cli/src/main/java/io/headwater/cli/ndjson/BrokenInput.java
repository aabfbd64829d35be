package io.headwater.cli.ndjson;

import java.io.EOFException;
import java.io.IOException;
import java.util.zip.ZipException;

/**
 * The input cannot be read further, for example because a compressed file is incomplete. All lines before this point
 * were read.
 */
public final class BrokenInput extends IOException {
    private static final long serialVersionUID = 1L;

    private final long line;

    BrokenInput(long line, IOException cause) {
        super("input is incomplete in line " + line + ": " + reason(cause), cause);
        this.line = line;
    }

    private static String reason(IOException cause) {
        if (cause instanceof EOFException) {
            return "the compressed data ends too early: the file is incomplete";
        }
        return cause instanceof ZipException
                ? "the compressed data is damaged: " + cause.getMessage()
                : String.valueOf(cause.getMessage());
    }

    /** Whether the input is damaged, so that reading it again would not help. */
    public boolean isDamaged() {
        return getCause() instanceof EOFException || getCause() instanceof ZipException;
    }

    /** The line that could not be read completely. */
    public long line() {
        return line;
    }
}

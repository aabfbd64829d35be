package io.headwater.migration;

/**
 * A line that is no event, or an event that the store refuses: it is over a limit, its stream is tombstoned, or its id belongs to a
 * different event of the stream. Has no stack trace.
 */
public final class BadLine extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient InputLine line;

    /**
     * A line that cannot be imported.
     *
     * @param reason why, and what to change, as one line in lower case
     */
    public BadLine(InputLine line, String reason) {
        super(reason, null, false, false);
        this.line = line;
    }

    /** The line. */
    public InputLine line() {
        return line;
    }

    /** Why the line cannot be imported. */
    public String reason() {
        return String.valueOf(getMessage());
    }
}

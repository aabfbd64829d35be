package io.headwater.cli.load;

/** A line that is no event, or that no store would take. Says why; the line's number and text are beside it. */
public final class BadLine extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient InputLine line;

    public BadLine(InputLine line, String reason) {
        super(reason, null, false, false);
        this.line = line;
    }

    public InputLine line() {
        return line;
    }

    public String reason() {
        return String.valueOf(getMessage());
    }
}

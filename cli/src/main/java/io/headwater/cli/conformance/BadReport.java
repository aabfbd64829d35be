package io.headwater.cli.conformance;

/** A file is not a report that can be read here. The message says what is wrong with it. */
public final class BadReport extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BadReport(String message) {
        super(message);
    }
}

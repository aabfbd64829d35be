package io.headwater.cli.conformance;

/** A file is not a report, or one that this version cannot read. The message gives the reason. */
public final class BadReport extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BadReport(String message) {
        super(message);
    }
}

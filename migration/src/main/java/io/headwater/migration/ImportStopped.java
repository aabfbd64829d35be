package io.headwater.migration;

/** An import ended at a bad line. All lines before it are stored, and none after it. */
public final class ImportStopped extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient BadLine bad;

    /** Ends an import at this line; thrown by {@link Rejects#reject}. */
    public ImportStopped(BadLine bad) {
        super("line " + bad.line().number() + ": " + bad.reason());
        this.bad = bad;
    }

    /** The line at which the import ended. */
    public BadLine bad() {
        return bad;
    }
}

package io.headwater.cli.load;

/** An import ended at a bad line; everything before it is in the store. */
public final class ImportStopped extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient BadLine bad;

    public ImportStopped(BadLine bad) {
        super("line " + bad.line().number() + ": " + bad.reason());
        this.bad = bad;
    }

    public BadLine bad() {
        return bad;
    }
}

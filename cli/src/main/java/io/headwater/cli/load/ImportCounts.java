package io.headwater.cli.load;

/** How an import is getting on. */
public final class ImportCounts {
    private long lines;
    private long appended;
    private long present;
    private long rejected;

    void countLine() {
        lines++;
    }

    void countAppended(int events) {
        appended += events;
    }

    void countPresent(int events) {
        present += events;
    }

    void countRejected() {
        rejected++;
    }

    /** Lines read that are not empty. */
    public long lines() {
        return lines;
    }

    /** Events that this run appended. */
    public long appended() {
        return appended;
    }

    /** Events that were in the store already. */
    public long present() {
        return present;
    }

    /** Lines that are no events, or none that the store takes. */
    public long rejected() {
        return rejected;
    }
}

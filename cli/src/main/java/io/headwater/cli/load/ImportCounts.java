package io.headwater.cli.load;

/** How an import is getting on. */
public final class ImportCounts {
    private long lines;
    private long appended;
    private long present;
    private long presentWithoutId;
    private long repeated;
    private long rejected;

    void countLine() {
        lines++;
    }

    void countAppended(int events) {
        appended += events;
    }

    void countPresent(int events, int withoutId) {
        present += events;
        presentWithoutId += withoutId;
    }

    void countRepeated(int events) {
        repeated += events;
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

    /** Lines that say again what an earlier line said, with the same id. */
    public long repeated() {
        return repeated;
    }

    /** Whether nothing was new, although there were lines without an id: then the input looks like one that was imported before. */
    public boolean isSeenBefore() {
        return presentWithoutId > 0 && appended == 0;
    }

    /** Lines that are no events, or none that the store takes. */
    public long rejected() {
        return rejected;
    }
}

package io.headwater.migration;

/** What an import has done so far: a live view, to be read by the thread that runs the import, or after its end. */
public final class ImportCounts {
    private long lines;
    private long appended;
    private long present;
    private long presentWithoutId;
    private long repeated;
    private long rejected;

    ImportCounts() {}

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

    /** How many lines were read that are not empty. Those of the current batch are in no other number yet. */
    public long lines() {
        return lines;
    }

    /** How many events this run appended, or would have appended in a dry run. */
    public long appended() {
        return appended;
    }

    /** How many events the store had before this run. */
    public long present() {
        return present;
    }

    /** How many lines repeat an earlier line of this run, with the same id and content. */
    public long repeated() {
        return repeated;
    }

    /** Whether no event was new, although there were lines without an id: the input seems to have been imported before. */
    public boolean isSeenBefore() {
        return presentWithoutId > 0 && appended == 0;
    }

    /** How many lines were {@linkplain BadLine bad}. */
    public long rejected() {
        return rejected;
    }
}

package io.headwater.esdb;

import java.time.Duration;

/**
 * The revision that refusals tell. It may be that of records which a leader has written and not replicated, and which never come; or the
 * node that told it leads no longer. Then the next look has to be on a leader that confirmed that it leads.
 */
final class ToldRevision {
    private static final long UNSEEN_NANOS = Duration.ofSeconds(1).toNanos();
    private static final long NONE = Long.MIN_VALUE;

    private long revision = NONE;
    private long since;
    private boolean doubtful;

    /** A refusal told this revision after a look had seen another one. */
    void refused(long actual, long seen) {
        if (actual != revision) {
            revision = actual;
            since = System.nanoTime();
        }
        doubtful = actual < seen || (actual > seen && System.nanoTime() - since > UNSEEN_NANOS);
    }

    /** A look saw this revision. */
    void seen(long actual) {
        doubtful = false;
        if (actual >= revision) {
            revision = NONE;
        }
    }

    boolean isDoubtful() {
        return doubtful;
    }
}

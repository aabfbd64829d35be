package io.headwater.esdb.server;

import java.util.ArrayList;
import java.util.List;

/** Pages of {@code $all}. The caller holds the log's monitor. */
final class AllPages {
    /** The place that means the end of the log. */
    static final long END = -1;

    enum Outcome {
        SUCCESS,
        INVALID_POSITION,
        ERROR
    }

    /** What was found, how many records were looked at, and where to go on. */
    record Page(Outcome outcome, List<StoredRecord> records, long next, int considered, boolean end) {
        private static Page without(Outcome outcome) {
            return new Page(outcome, List.of(), 0, 0, true);
        }
    }

    private final Log log;

    AllPages(Log log) {
        this.log = log;
    }

    /** From a place on: a limited number of records that the filter takes, of a limited number that are looked at. */
    Page forwards(long commit, long prepare, int count, int window, EventFilter filter) {
        long from = commit == END ? log.indexedEnd() : commit;
        if (from < 0 || from > log.indexedEnd()) {
            return new Page(Outcome.SUCCESS, List.of(), from, 0, true);
        }
        if (!valid(from, prepare)) {
            return Page.without(Outcome.INVALID_POSITION);
        }
        List<StoredRecord> all = log.records();
        List<StoredRecord> taken = new ArrayList<>();
        int considered = 0;
        int at = log.firstAt(from);
        while (at < all.size() && all.get(at).position() < log.indexedEnd()) {
            if (taken.size() >= count || considered >= window) {
                return new Page(Outcome.SUCCESS, taken, all.get(at).position(), considered, false);
            }
            StoredRecord record = all.get(at++);
            if (record.shown()) {
                considered++;
                take(record, filter, taken);
            }
        }
        return new Page(Outcome.SUCCESS, taken, log.indexedEnd(), considered, true);
    }

    /** What lies before a place, the last first. */
    Page backwards(long commit, long prepare, int count, int window, EventFilter filter) {
        long from = commit == END ? log.indexedEnd() : commit;
        if (from < 0 || from > log.indexedEnd()) {
            return Page.without(Outcome.ERROR);
        }
        if (!valid(from, prepare)) {
            return Page.without(Outcome.INVALID_POSITION);
        }
        List<StoredRecord> all = log.records();
        List<StoredRecord> taken = new ArrayList<>();
        int considered = 0;
        int at = log.firstAt(from);
        while (at > 0) {
            if (taken.size() >= count || considered >= window) {
                return new Page(Outcome.SUCCESS, taken, all.get(at).position(), considered, false);
            }
            StoredRecord record = all.get(--at);
            if (record.shown()) {
                considered++;
                take(record, filter, taken);
            }
        }
        return new Page(Outcome.SUCCESS, taken, 0, considered, true);
    }

    private static void take(StoredRecord record, EventFilter filter, List<StoredRecord> taken) {
        if (filter.accepts(record)) {
            taken.add(record);
        }
    }

    boolean valid(long commit, long prepare) {
        return log.isPlace(commit) && (prepare == END || prepare > log.indexedEnd() || log.isPlace(prepare));
    }
}

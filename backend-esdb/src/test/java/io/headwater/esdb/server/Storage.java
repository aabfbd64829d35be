package io.headwater.esdb.server;

import java.util.List;
import java.util.concurrent.TimeUnit;

/** The log of one node with all that reads it and writes to it. */
final class Storage {
    private final Log log = new Log();
    private final StreamIndex index = new StreamIndex(log);
    private final LogWriter writer = new LogWriter(log, index);
    private final StreamPages streams = new StreamPages(index);
    private final AllPages all = new AllPages(log);
    private final Links links = new Links(index);
    private boolean indexHeld;

    Storage() {
        SystemRecords.write(writer);
        indexAll();
    }

    /** Lock of everything here; notified of what becomes readable. */
    Log log() {
        return log;
    }

    StreamIndex index() {
        return index;
    }

    LogWriter writer() {
        return writer;
    }

    StreamPages streams() {
        return streams;
    }

    AllPages all() {
        return all;
    }

    Links links() {
        return links;
    }

    void indexAll() {
        synchronized (log) {
            if (!indexHeld) {
                log.indexTo(log.end());
            }
        }
    }

    /** What is written from now on is neither readable nor answered. */
    void holdIndex() {
        synchronized (log) {
            indexHeld = true;
        }
    }

    void releaseIndex() {
        synchronized (log) {
            indexHeld = false;
            indexAll();
        }
    }

    /** Whether what lies at a place could be read before the time had passed. */
    boolean awaitIndexed(long place, long millis) throws InterruptedException {
        long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        synchronized (log) {
            while (log.indexedEnd() <= place) {
                long left = TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime());
                if (left <= 0) {
                    return false;
                }
                log.wait(left);
            }
            return true;
        }
    }

    /** Waits for something to read at a place or behind it, or until the call has been cancelled. */
    void awaitBeyond(long place, Outbox<?> outbox) throws InterruptedException, Outbox.Cancelled {
        synchronized (log) {
            while (log.indexedEnd() <= place) {
                if (outbox.cancelled()) {
                    throw new Outbox.Cancelled();
                }
                log.wait();
            }
        }
    }

    void wake() {
        synchronized (log) {
            log.notifyAll();
        }
    }

    List<ResolvedRecord> resolve(List<StoredRecord> records, boolean resolving) {
        return records.stream().map(record -> links.resolve(record, resolving)).toList();
    }
}

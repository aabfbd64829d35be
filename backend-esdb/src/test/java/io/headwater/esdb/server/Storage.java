package io.headwater.esdb.server;

import java.util.List;
import java.util.concurrent.TimeUnit;

/** The log of one node with all that reads it and writes to it. */
final class Storage {
    private final Log log = new Log();
    private final StreamIndex index = new StreamIndex(log);
    private final IndexDelay delay = new IndexDelay(log);
    private final LogWriter writer = new LogWriter(log, index);
    private final StreamPages streams = new StreamPages(index);
    private final AllPages all = new AllPages(log);
    private final Links links = new Links(index);

    Storage() {
        SystemRecords.write(writer);
        indexAfter(0);
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

    /** What was written since the last call becomes readable after that time. */
    void indexAfter(long millis) {
        synchronized (log) {
            delay.written(millis);
        }
    }

    /** What is written from now on is neither readable nor answered. */
    void holdIndex() {
        synchronized (log) {
            delay.hold(true);
        }
    }

    void releaseIndex() {
        synchronized (log) {
            delay.hold(false);
        }
    }

    /** Whether what lies at a place could be read before the time had passed. */
    boolean awaitIndexed(long place, long millis) throws InterruptedException {
        long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        synchronized (log) {
            delay.advance();
            while (log.indexedEnd() <= place) {
                long left = Math.min(until - System.nanoTime(), delay.nextNanos());
                if (left <= 0) {
                    return false;
                }
                TimeUnit.NANOSECONDS.timedWait(log, left);
                delay.advance();
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

package io.headwater.esdb.server;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** The log of one node with all that reads it and writes to it. */
final class Storage {
    private static final long LOOK_MILLIS = 50;

    private final Log log = new Log();
    private final StreamIndex index = new StreamIndex(log);
    private final IndexDelay delay = new IndexDelay(log);
    private final LogWriter writer = new LogWriter(log, index);
    private final StreamPages streams = new StreamPages(index);
    private final AllPages all = new AllPages(log);
    private final Links links = new Links(index);
    private final Deliveries deliveries = new Deliveries();

    private boolean takesWrites = true;
    private boolean ending;
    private long cancelledWrites;
    private long writeTimeoutNanos = TimeUnit.MILLISECONDS.toNanos(Writes.TIMEOUT_MILLIS);
    private volatile long batchIndexMillis = 1;
    private Runnable onWritten = () -> {};

    /** How a wait for a write ended. */
    enum Waited {
        DONE,
        TIMED_OUT,
        CANCELLED
    }

    /** With what a new database holds. */
    static Storage fresh() {
        Storage storage = new Storage();
        SystemRecords.write(storage.writer);
        storage.indexAfter(0);
        return storage;
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

    Deliveries deliveries() {
        return deliveries;
    }

    /** What was written since the last call becomes readable after that time. */
    void indexAfter(long millis) {
        synchronized (log) {
            delay.written(millis);
            onWritten.run();
        }
    }

    void scavenge() {
        synchronized (log) {
            log.scavenge(new Scavenge(index)::removes);
        }
    }

    /** Called with the lock held for each write. */
    void onWritten(Runnable listener) {
        synchronized (log) {
            onWritten = listener;
        }
    }

    /** The records from a place on, readable or not. */
    List<StoredRecord> recordsFrom(long place) {
        synchronized (log) {
            return List.copyOf(
                    log.records().subList(log.firstAt(place), log.records().size()));
        }
    }

    long end() {
        synchronized (log) {
            return log.end();
        }
    }

    /** Takes over records that another node wrote. */
    void take(List<StoredRecord> records) {
        synchronized (log) {
            records.forEach(log::append);
            delay.written(0);
        }
    }

    /** What lies below the place may be read from now on, and nothing at it or behind it. */
    void indexBelow(long place) {
        synchronized (log) {
            delay.limit(place);
        }
    }

    /** Forgets what lies at a place or behind it. */
    void cut(long place) {
        synchronized (log) {
            log.cut(place);
            delay.restart();
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

    /** What lies below it may be read. */
    long indexedEnd() {
        synchronized (log) {
            return log.indexedEnd();
        }
    }

    /** Waits until what lies at a place may be read. */
    Waited awaitIndexed(long place) throws InterruptedException {
        return await(() -> log.indexedEnd() > place);
    }

    /** Waits for a time, or until the writes in progress are cancelled. */
    Waited awaitCancelled() throws InterruptedException {
        return await(() -> false);
    }

    private Waited await(BooleanSupplier condition) throws InterruptedException {
        synchronized (log) {
            long until = System.nanoTime() + writeTimeoutNanos;
            long begun = cancelledWrites;
            delay.advance();
            while (!condition.getAsBoolean()) {
                long left = Math.min(until - System.nanoTime(), delay.nextNanos());
                if (cancelledWrites > begun) {
                    return Waited.CANCELLED;
                }
                if (left <= 0) {
                    return Waited.TIMED_OUT;
                }
                TimeUnit.NANOSECONDS.timedWait(log, left);
                delay.advance();
            }
            return Waited.DONE;
        }
    }

    void writeTimeout(Duration time) {
        synchronized (log) {
            writeTimeoutNanos = time.toNanos();
        }
    }

    /** How long it takes until an append of a batch call can be read: the next one of the call finds it written before. */
    void batchIndexMillis(long millis) {
        batchIndexMillis = millis;
    }

    long batchIndexMillis() {
        return batchIndexMillis;
    }

    void takeWrites(boolean takes) {
        synchronized (log) {
            takesWrites = takes;
            cancelledWrites++;
            log.notifyAll();
        }
    }

    /** Calls that wait for a stream to be written get the answer that the server ends. */
    void end(boolean whether) {
        synchronized (log) {
            ending = whether;
            log.notifyAll();
        }
    }

    boolean ending() {
        synchronized (log) {
            return ending;
        }
    }

    boolean takesWrites() {
        return takesWrites;
    }

    /** Waits for something to read at a place or behind it, or until the call has been cancelled; all before it has been sent. */
    void awaitBeyond(long place, Outbox<?> outbox) throws InterruptedException, Outbox.Cancelled {
        deliveries.reached(outbox, place);
        synchronized (log) {
            while (log.indexedEnd() <= place) {
                if (outbox.cancelled()) {
                    throw new Outbox.Cancelled();
                }
                log.wait();
            }
        }
    }

    /**
     * Waits until a stream has another last number, the server ends, or the call has been cancelled. Looks from time to time only, as
     * many may wait while others write.
     */
    void awaitStream(String stream, long lastNumber, Outbox<?> outbox) throws InterruptedException, Outbox.Cancelled {
        while (true) {
            synchronized (log) {
                if (index.lastNumber(stream) != lastNumber || ending) {
                    return;
                }
                if (outbox.cancelled()) {
                    throw new Outbox.Cancelled();
                }
                deliveries.reached(outbox, log.indexedEnd());
                log.wait();
            }
            outbox.pause(LOOK_MILLIS);
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

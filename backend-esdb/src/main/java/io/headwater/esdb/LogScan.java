package io.headwater.esdb;

import io.headwater.InvalidRequest;
import io.headwater.OperationInterrupted;
import java.util.List;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/**
 * One pass over the whole log, for what the server has no index of: its streams and times. The result is kept in memory,
 * and each call reads on from where the last one ended. It begins anew when the log is not the one that was read: a
 * scavenge removed records of it, or it went back.
 */
final class LogScan {
    private static final int PAGE = 4_000;

    /** The type of the server's record about a scavenge that has ended. */
    private static final String SCAVENGED = "$scavengeCompleted";

    private final Server server;
    private final Namespace namespace;
    private final Lock lock = new ReentrantLock();
    private ScannedLog scanned;
    private volatile boolean outdated;

    /** Whether the end of the log was reached once: a scavenge that is found later removed what was scanned. */
    private boolean complete;

    LogScan(Server server, Namespace namespace) {
        this.server = server;
        this.namespace = namespace;
        this.scanned = new ScannedLog(namespace);
    }

    /** Reads the log to its end, and passes what is known of it to the work. */
    <T> T read(Function<ScannedLog, T> work) {
        lock();
        try {
            readOn();
            return work.apply(scanned);
        } finally {
            lock.unlock();
        }
    }

    private void lock() {
        try {
            lock.lockInterruptibly();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new OperationInterrupted();
        }
    }

    /** Begins anew at the next call, because the log went back. */
    void forget() {
        outdated = true;
    }

    /** Each page is a call of its own, as the whole may take minutes. */
    private void readOn() {
        boolean more = true;
        while (more) {
            if (outdated) {
                outdated = false;
                complete = false;
                scanned = new ScannedLog(namespace);
            }
            ReadAnswer answer = server.with(this::page);
            List<EventMessage> records = answer.messages();
            if (isAnother(records)) {
                outdated = true;
                continue;
            }
            records.stream().skip(scanned.end() > 0 ? 1 : 0).forEach(scanned::take);
            more = answer.isCut() || records.size() == PAGE;
        }
        complete = true;
    }

    private ReadAnswer page(CallContext context) {
        ReadRequest request = ReadRequest.logForwards(scanned.end()).limit(PAGE);
        try {
            return server.page(context, request);
        } catch (InvalidRequest e) {
            return new ReadAnswer(request);
        }
    }

    private boolean isAnother(List<EventMessage> records) {
        return scanned.end() > 0
                && (records.isEmpty()
                        || !scanned.endsWith(records.get(0))
                        || (complete
                                && records.stream()
                                        .anyMatch(record -> record.type().equals(SCAVENGED))));
    }
}

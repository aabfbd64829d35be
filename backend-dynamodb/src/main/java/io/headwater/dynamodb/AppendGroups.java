package io.headwater.dynamodb;

import io.headwater.AppendOutcome;
import io.headwater.AppendRequest;
import io.headwater.OperationInterrupted;
import io.headwater.StoreClosed;
import io.headwater.StreamId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;

/**
 * Makes the appends of many callers with few tickets. At low concurrency each append has its own transaction. At a
 * higher one, appends wait while others are in flight, and are then grouped. A stream has one append in flight.
 * Thread-safe.
 */
final class AppendGroups {
    /** The maximum number of concurrent runs. */
    private static final int MAX_RUNS = 4;

    static final int MAX_APPENDS = 16;

    /** With these, a group has fewer events than a ticket may have, and fewer items than a transaction. */
    static final long MAX_BYTES = 1 << 20;

    private final Log log;
    private final Runnable appended;
    private final List<PendingAppend> queue = new ArrayList<>();
    private final Set<StreamId> busy = new HashSet<>();
    private int runs;

    /** Groups of appends. This is called after something was written. */
    AppendGroups(Log log, Runnable appended) {
        this.log = log;
        this.appended = appended;
    }

    AppendOutcome append(AppendRequest request) {
        PendingAppend own = new PendingAppend(request);
        enter(own);
        return await(own);
    }

    private AppendOutcome await(PendingAppend own) {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return own.told().get();
                } catch (InterruptedException e) {
                    interrupted = true;
                    own.cancel();
                    if (isRemoved(own)) {
                        throw new OperationInterrupted();
                    }
                }
            }
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException failure ? failure : new IllegalStateException(e.getCause());
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Keeps appends of this store from these streams, until they are freed. Waits for those in flight. */
    synchronized void occupy(List<StreamId> streams) {
        while (streams.stream().anyMatch(busy::contains)) {
            try {
                wait();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new OperationInterrupted();
            }
        }
        busy.addAll(streams);
    }

    synchronized void free(List<StreamId> streams) {
        streams.forEach(busy::remove);
        startRuns();
        notifyAll();
    }

    private synchronized void enter(PendingAppend own) {
        queue.add(own);
        startRuns();
    }

    private synchronized boolean isRemoved(PendingAppend own) {
        return queue.remove(own);
    }

    private void startRuns() {
        while (runs < MAX_RUNS) {
            List<PendingAppend> group = nextGroup();
            if (group.isEmpty()) {
                return;
            }
            start(group);
        }
    }

    private void start(List<PendingAppend> group) {
        try {
            log.table().calls().execute(() -> run(group));
            runs++;
            group.forEach(append -> busy.addAll(append.streams()));
        } catch (StoreClosed e) {
            group.forEach(append -> append.fail(e));
            group.forEach(PendingAppend::tell);
        }
    }

    /** Returns the appends that have waited longest, each to other streams than those in flight. */
    private List<PendingAppend> nextGroup() {
        List<PendingAppend> group = new ArrayList<>();
        Set<StreamId> taken = new HashSet<>(busy);
        long bytes = 0;
        Iterator<PendingAppend> waiting = queue.iterator();
        while (waiting.hasNext() && group.size() < MAX_APPENDS) {
            PendingAppend next = waiting.next();
            boolean free = next.streams().stream().noneMatch(taken::contains);
            boolean fits = group.isEmpty() || (!next.request().isMultiStream() && bytes + next.bytes() <= MAX_BYTES);
            taken.addAll(next.streams());
            if (free && fits) {
                waiting.remove();
                group.add(next);
                bytes += next.bytes();
                if (next.request().isMultiStream()) {
                    break;
                }
            }
        }
        return group;
    }

    private void run(List<PendingAppend> group) {
        List<PendingAppend> open = List.of();
        try {
            open = new AppendRun(log, group).run();
        } catch (Error e) {
            failed(group, e);
        } finally {
            ended(group, open);
        }
        if (group.stream().anyMatch(PendingAppend::isWritten)) {
            appended.run();
        }
    }

    /** Nothing is known of what had no outcome yet. */
    private void failed(List<PendingAppend> group, Error e) {
        for (PendingAppend append : group) {
            if (!append.isDecided()) {
                append.fail(DynamoErrors.ended(log.table().name(), e));
            }
            append.tell();
        }
    }

    private synchronized void ended(List<PendingAppend> group, List<PendingAppend> open) {
        runs--;
        queue.addAll(0, open);
        free(group.stream().flatMap(append -> append.streams().stream()).toList());
    }
}

package io.headwater.postgres;

import io.headwater.AppendOutcome;
import io.headwater.AppendOutcomeUnknown;
import io.headwater.AppendRequest;
import io.headwater.OperationInterrupted;
import io.headwater.StreamId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Makes the appends of many callers in few statements. At low concurrency each caller executes its own statement. At a
 * higher one, callers wait until no statement is in progress, or until enough wait for a further statement to pay; the
 * first of them then executes one statement for the whole group. A caller whose append the group could not write, or
 * that has waited for too long, executes its own statement, so no caller waits for a stream of another.
 */
final class AppendGroups {
    /** At or below this concurrency, individual statements are faster. */
    private static final int INDIVIDUAL = 4;

    /** The size of group at which a third statement, and each further one, pays. */
    private static final int GROUP = 12;

    /**
     * Statements that may be in progress at the same time, however few callers there are: one executes while another
     * commits.
     */
    private static final int MIN_STATEMENTS = 2;

    /**
     * The factor by which the measured concurrency falls with each append, so that a peak is forgotten after some hundred
     * appends.
     */
    private static final double DECAY = 0.99;

    private static final int MAX_APPENDS = 64;
    private static final long MAX_BYTES = 1 << 20;

    /**
     * The time after which a statement is assumed to wait for the lock of a stream, and after which a caller no longer waits
     * for others.
     */
    private static final long PATIENCE_MILLIS = 20;

    private final Database database;
    private final Queue<Waiting> queue = new ArrayDeque<>();
    private int callers;

    /** The number of callers, which falls slowly. */
    private double concurrency;

    /** The times at which the statements in progress began. */
    private final List<Long> inProgress = new ArrayList<>();

    AppendGroups(Database database) {
        this.database = database;
    }

    /** What a waiting caller has to do. */
    private sealed interface Turn {
        /** Execute the statement of this group, whose first append is the caller's own. */
        record Execute(List<Waiting> group, long begun) implements Turn {}

        /** Return the outcome; empty if nothing was written. */
        record Return(Optional<AppendOutcome> outcome) implements Turn {}

        /** Throw a failure like this one. */
        record Fail(AppendOutcomeUnknown failure) implements Turn {}
    }

    /** The append of a caller, and what the caller has to do once that is known. */
    private record Waiting(AppendRequest request, CompletableFuture<Turn> turn) {
        Waiting(AppendRequest request) {
            this(request, new CompletableFuture<>());
        }

        StreamId stream() {
            return request.writes().get(0).stream();
        }

        /** The approximate size of the append in a statement, in bytes. */
        long size() {
            return request.writes().get(0).events().stream()
                    .mapToLong(event ->
                            100L + event.data().size() + event.metadata().size())
                    .sum();
        }
    }

    /**
     * Appends to one stream. Empty if nothing was written, for whatever reason. Throws as a single append does. An interrupt
     * cancels an append that no statement contains yet.
     */
    Optional<AppendOutcome> append(AppendRequest request) {
        if (!GroupStatement.takes(request)) {
            return individually(request);
        }
        Waiting own = new Waiting(request);
        enter(own);
        try {
            return await(own);
        } finally {
            leave();
        }
    }

    private Optional<AppendOutcome> individually(AppendRequest request) {
        return database.write(session -> AppendStatement.run(session, request));
    }

    private synchronized void enter(Waiting own) {
        callers++;
        concurrency = Math.max(callers, concurrency * DECAY);
        queue.add(own);
        startIfDue();
    }

    private synchronized void leave() {
        callers--;
    }

    private synchronized boolean isRemoved(Waiting own) {
        return queue.remove(own);
    }

    private void startIfDue() {
        Waiting first = queue.peek();
        if (first != null && isDue()) {
            List<Waiting> group = nextGroup();
            long now = System.nanoTime();
            inProgress.add(now);
            first.turn.complete(new Turn.Execute(group, now));
        }
    }

    private boolean isDue() {
        if (concurrency <= INDIVIDUAL) {
            return true;
        }
        double statements = Math.max(MIN_STATEMENTS, concurrency / GROUP);
        long running = running();
        return running == 0 || (running < (long) statements && queue.size() >= (long) (concurrency / statements));
    }

    private long running() {
        long now = System.nanoTime();
        return inProgress.stream()
                .filter(begun -> now - begun < TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS))
                .count();
    }

    /** The appends that have waited longest, each to another stream. */
    private List<Waiting> nextGroup() {
        List<Waiting> group = new ArrayList<>();
        Set<StreamId> streams = new HashSet<>();
        long size = 0;
        Iterator<Waiting> waiting = queue.iterator();
        while (waiting.hasNext() && group.size() < MAX_APPENDS && size < MAX_BYTES) {
            Waiting next = waiting.next();
            if (streams.add(next.stream())) {
                waiting.remove();
                group.add(next);
                size += next.size();
            }
        }
        return group;
    }

    private Optional<AppendOutcome> await(Waiting own) {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return take(own.turn.get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS));
                } catch (InterruptedException e) {
                    interrupted = true;
                    if (isRemoved(own)) {
                        throw new OperationInterrupted();
                    }
                } catch (ExecutionException e) {
                    throw new IllegalStateException(e);
                } catch (TimeoutException e) {
                    if (isRemoved(own)) {
                        return individually(own.request);
                    }
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private Optional<AppendOutcome> take(Turn turn) {
        if (turn instanceof Turn.Execute execute) {
            return execute(execute.group, execute.begun);
        }
        if (turn instanceof Turn.Fail fail) {
            throw new AppendOutcomeUnknown(fail.failure.getMessage(), fail.failure);
        }
        return ((Turn.Return) turn).outcome;
    }

    private Optional<AppendOutcome> execute(List<Waiting> group, long begun) {
        Map<Integer, AppendOutcome> written = Map.of();
        try {
            if (group.size() == 1) {
                return individually(group.get(0).request);
            }
            List<AppendRequest> requests = group.stream().map(Waiting::request).toList();
            written = database.write(session -> GroupStatement.run(session, requests));
            return Optional.ofNullable(written.get(0));
        } catch (AppendOutcomeUnknown e) {
            group.forEach(other -> other.turn.complete(new Turn.Fail(e)));
            throw e;
        } finally {
            ended(begun);
            for (int number = 1; number < group.size(); number++) {
                group.get(number).turn.complete(new Turn.Return(Optional.ofNullable(written.get(number))));
            }
        }
    }

    private synchronized void ended(long begun) {
        inProgress.remove(begun);
        startIfDue();
    }
}

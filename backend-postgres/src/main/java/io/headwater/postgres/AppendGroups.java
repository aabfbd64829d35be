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
import java.util.function.Supplier;

/**
 * Makes the appends of many callers in few statements. While there are few callers, each executes its own statement. When
 * there are many, only some statements are in progress at a time, and other callers wait. When a statement ends, the first caller
 * that waits executes one for the whole group of those that wait. A caller whose append the group could not write, or that has
 * waited for too long, executes its own statement, so no caller waits for a stream of another.
 */
final class AppendGroups {
    /** At or below this concurrency, individual statements are faster. */
    private static final int FEW = 4;

    /** The same for appends of several events, whose statements take longer and so profit more from a second processor. */
    private static final int FEW_OF_SEVERAL_EVENTS = 10;

    /** The size of a group from which on it pays to have a second statement under way. */
    private static final int GROUP = 12;

    /** A crowd is forgotten within some hundred appends. */
    private static final double FADING = 0.99;

    private static final int MOST_APPENDS = 64;
    private static final long MOST_BYTES = 1 << 20;

    /** After which a statement counts as one that waits for somebody's stream, and a caller waits no longer for others. */
    private static final long PATIENCE_MILLIS = 20;

    private final Database database;
    private final Queue<Waiting> queue = new ArrayDeque<>();
    private int callers;

    /** How many callers there were lately at the same time: their number, which falls slowly. */
    private double crowd;

    /** When the statements under way began. */
    private final List<Long> underWay = new ArrayList<>();

    AppendGroups(Database database) {
        this.database = database;
    }

    /** Who waits, and what to do when that is known: to run a group, or to return or throw what came of the own append. */
    private record Waiting(AppendRequest request, CompletableFuture<Supplier<Optional<AppendOutcome>>> turn) {
        Waiting(AppendRequest request) {
            this(request, new CompletableFuture<>());
        }

        StreamId stream() {
            return request.writes().get(0).stream();
        }

        boolean isOneEvent() {
            return request.writes().get(0).events().size() == 1;
        }

        /** About what it takes in a statement, in bytes. */
        long size() {
            return request.writes().get(0).events().stream()
                    .mapToLong(event ->
                            100L + event.data().size() + event.metadata().size())
                    .sum();
        }
    }

    /**
     * Appends to one stream. Empty when nothing was written, for whatever reason. Throws as a single append would; an interrupt
     * calls it off as long as nobody has begun it.
     */
    Optional<AppendOutcome> append(AppendRequest request) {
        if (!GroupStatement.takes(request)) {
            return alone(request);
        }
        Waiting own = new Waiting(request);
        Optional<Long> begun = begin(own);
        try {
            return begun.isPresent() ? lead(List.of(own), begun.get()) : await(own);
        } finally {
            left();
        }
    }

    private Optional<AppendOutcome> alone(AppendRequest request) {
        return database.write(session -> AppendStatement.run(session, request));
    }

    /** Since when it is under way; empty if it waits. */
    private synchronized Optional<Long> begin(Waiting own) {
        callers++;
        crowd = Math.max(callers, crowd * FADING);
        if (isRoomFor(own)) {
            return Optional.of(begun());
        }
        queue.add(own);
        return Optional.empty();
    }

    private boolean isRoomFor(Waiting next) {
        return crowd <= (next.isOneEvent() ? FEW : FEW_OF_SEVERAL_EVENTS) || quick() < Math.max(1, crowd / GROUP);
    }

    private long quick() {
        long now = System.nanoTime();
        return underWay.stream()
                .filter(begun -> now - begun < TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS))
                .count();
    }

    private long begun() {
        long now = System.nanoTime();
        underWay.add(now);
        return now;
    }

    private synchronized void left() {
        callers--;
    }

    /** Whether it is still nobody's. */
    private synchronized boolean leaves(Waiting own) {
        return queue.remove(own);
    }

    private Optional<AppendOutcome> await(Waiting own) {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return own.turn.get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS).get();
                } catch (InterruptedException e) {
                    interrupted = true;
                    if (leaves(own)) {
                        throw new OperationInterrupted();
                    }
                } catch (ExecutionException e) {
                    throw new IllegalStateException(e);
                } catch (TimeoutException e) {
                    if (leaves(own)) {
                        return alone(own.request);
                    }
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private Optional<AppendOutcome> lead(List<Waiting> group, long begun) {
        List<Waiting> others = group.subList(1, group.size());
        Map<Integer, AppendOutcome> written = Map.of();
        try {
            if (others.isEmpty()) {
                return alone(group.get(0).request);
            }
            List<AppendRequest> requests = group.stream().map(Waiting::request).toList();
            written = database.write(session -> GroupStatement.run(session, requests));
            return Optional.ofNullable(written.get(0));
        } catch (AppendOutcomeUnknown e) {
            others.forEach(other -> other.turn.complete(() -> {
                throw new AppendOutcomeUnknown(e.getMessage(), e);
            }));
            throw e;
        } finally {
            ended(begun);
            for (int number = 1; number < group.size(); number++) {
                Optional<AppendOutcome> outcome = Optional.ofNullable(written.get(number));
                group.get(number).turn.complete(() -> outcome);
            }
        }
    }

    private synchronized void ended(long begun) {
        underWay.remove(begun);
        Waiting first = queue.peek();
        if (first == null || !isRoomFor(first)) {
            return;
        }
        List<Waiting> next = next();
        long now = begun();
        next.get(0).turn.complete(() -> lead(next, now));
    }

    /** Those who have waited the longest, each with another stream. */
    private List<Waiting> next() {
        List<Waiting> group = new ArrayList<>();
        Set<StreamId> streams = new HashSet<>();
        long size = 0;
        Iterator<Waiting> waiting = queue.iterator();
        while (waiting.hasNext() && group.size() < MOST_APPENDS && size < MOST_BYTES) {
            Waiting one = waiting.next();
            if (streams.add(one.stream())) {
                waiting.remove();
                group.add(one);
                size += one.size();
            }
        }
        return group;
    }
}

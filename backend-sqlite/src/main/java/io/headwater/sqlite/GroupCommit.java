package io.headwater.sqlite;

import io.headwater.EventStoreException;
import io.headwater.OperationInterrupted;
import io.headwater.StoreClosed;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * Commits the writes of many threads in few transactions, so that one synchronisation with the disk makes a whole group
 * durable. There is no writer thread. The first caller that finds no leader commits the writes that wait, its own included,
 * while further callers queue for the next group (DeWitt et al., "Implementation Techniques for Main Memory Database
 * Systems", 1984).
 */
final class GroupCommit implements Writes {
    /** The maximum number of writes in a group. It limits how long the first of them waits. */
    private static final int GROUP = 256;

    private static final long CLOSE_POLL_NANOS = 100_000;
    private static final long MAX_GATHER_NANOS = 1_000_000;

    private final FileGuard file;
    private final GroupTransaction transaction;
    private final Listener listener;
    private final Queue<Ticket<?>> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean leading = new AtomicBoolean();
    private volatile boolean closed;

    /**
     * How many threads wrote at about the same time at the last commit, and how long that took. Used by the leader only.
     */
    private int writers;

    private long commitNanos;

    /** Called by the thread of a caller. */
    interface Listener {
        /** Called before a group is written. */
        void writing();

        /**
         * Called after each commit, and possibly without one, with the position of the last event that was appended here; 0
         * before the first.
         */
        void appended(long position);
    }

    /** A queue of writes to this file. */
    GroupCommit(FileGuard file, GroupTransaction transaction, Listener listener) {
        this.file = file;
        this.transaction = transaction;
        this.listener = listener;
    }

    /**
     * Makes a write, and returns when it is durable. An interrupt cancels a write that has not begun. One that has begun is
     * completed, which takes no longer than a commit.
     */
    @Override
    public <T> T submit(WriteTransaction.Work<T> work) {
        Ticket<T> ticket = new Ticket<>(work);
        waiting.add(ticket);
        boolean interrupted = false;
        try {
            while (!ticket.isDone()) {
                if (interrupted || closed) {
                    callOff(ticket);
                }
                if (leading.compareAndSet(false, true)) {
                    lead(ticket);
                } else {
                    LockSupport.park(this);
                }
                interrupted |= Thread.interrupted();
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
        return ticket.outcome();
    }

    /** Number of writes that wait for a leader. */
    int waiting() {
        return waiting.size();
    }

    private void callOff(Ticket<?> ticket) {
        if (ticket.giveUp()) {
            waiting.remove(ticket);
            wakeNext();
            throw closed ? new StoreClosed() : new OperationInterrupted();
        }
    }

    private void lead(Ticket<?> own) {
        List<Ticket<?>> decided = List.of();
        try {
            if (!own.isDone() && !closed) {
                decided = commitWaiting();
            }
        } finally {
            leading.set(false);
            decided.forEach(Ticket::wake);
            wakeNext();
        }
        listener.appended(transaction.appendedTo());
    }

    /** The caller that has waited longest MAY lead the next group. */
    private void wakeNext() {
        Ticket<?> next = waiting.peek();
        if (next != null) {
            next.wake();
        }
    }

    /** Returns the writes that are decided. Their callers are woken later, when the next leader can begin. */
    private List<Ticket<?>> commitWaiting() {
        gather();
        try {
            transaction.begin();
        } catch (OperationInterrupted e) {
            return List.of();
        } catch (SQLException e) {
            return failWaiting(() -> file.translate(e));
        }
        listener.writing();
        long begun = System.nanoTime();
        List<Ticket<?>> group = takeWaiting();
        transaction.decide(group);
        commitNanos = System.nanoTime() - begun;
        writers = group.size() + waiting.size();
        return group;
    }

    /**
     * Writers that were just served tend to come back at once. Waiting for them for a part of a commit's time makes one
     * group of what would be two that take turns; a single writer does not wait. It yields, because those that are
     * waited for need the processor.
     */
    @SuppressWarnings("ThreadPriorityCheck")
    private void gather() {
        int wanted = Math.min(writers, GROUP);
        long deadline = System.nanoTime() + Math.min(commitNanos / 2, MAX_GATHER_NANOS);
        while (waiting.size() < wanted && System.nanoTime() < deadline) {
            Thread.yield();
        }
    }

    /** Each write gets an exception of its own, to which its operation is added. */
    private List<Ticket<?>> failWaiting(Supplier<EventStoreException> reason) {
        List<Ticket<?>> failed = takeWaiting();
        failed.forEach(ticket -> ticket.fail(reason.get()));
        return failed;
    }

    private List<Ticket<?>> takeWaiting() {
        List<Ticket<?>> group = new ArrayList<>();
        Ticket<?> next = waiting.poll();
        while (next != null) {
            if (next.take()) {
                group.add(next);
            }
            next = group.size() < GROUP ? waiting.poll() : null;
        }
        return group;
    }

    /** Fails the writes that wait, lets the current group finish, and closes the session. */
    void close() throws SQLException {
        if (closed) {
            return;
        }
        closed = true;
        while (!leading.compareAndSet(false, true)) {
            LockSupport.parkNanos(CLOSE_POLL_NANOS);
        }
        for (List<Ticket<?>> left = takeWaiting(); !left.isEmpty(); left = takeWaiting()) {
            left.forEach(ticket -> ticket.fail(new StoreClosed()));
            left.forEach(Ticket::wake);
        }
        transaction.close();
    }
}

package io.headwater.sqlite;

import io.headwater.EventStoreException;
import io.headwater.OperationInterrupted;
import io.headwater.StoreClosed;
import io.headwater.StoreUnavailable;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes of many threads in few transactions: one synchronisation with the disk makes a whole group durable. There is no
 * writer thread; the first caller that finds nobody leading commits what is waiting, its own write among it, while further
 * callers queue for the next group (DeWitt et al., "Implementation Techniques for Main Memory Database Systems", 1984).
 */
final class GroupCommit {
    /** The most writes of a group; bounds how long the first of them waits. */
    private static final int GROUP = 256;

    private static final long CLOSE_POLL_NANOS = 100_000;
    private static final long MOST_GATHER_NANOS = 1_000_000;
    private static final Logger LOG = LoggerFactory.getLogger(GroupCommit.class);

    private final FileGuard file;
    private final Session session;
    private final WriteLock lock;
    private final Runnable afterCommit;
    private final Queue<Ticket<?>> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean leading = new AtomicBoolean();
    private volatile boolean closed;

    /** How many wrote at about the same time at the last commit, and how long it took; for the leader alone. */
    private int writers;

    private long commitNanos;

    /**
     * A queue of writes to this session.
     *
     * @param afterCommit called by some caller's thread after each commit, and perhaps without one
     */
    GroupCommit(FileGuard file, Session session, WriteLock lock, Runnable afterCommit) {
        this.file = file;
        this.session = session;
        this.lock = lock;
        this.afterCommit = afterCommit;
    }

    /**
     * Makes a write and returns when it is durable. An interrupt calls it off as long as nobody has begun it; after that it
     * is waited for, which takes no longer than a commit.
     */
    <T> T submit(WriteTransaction.Work<T> work) {
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
        afterCommit.run();
    }

    /** Whoever waits first may lead the next group. */
    private void wakeNext() {
        Ticket<?> next = waiting.peek();
        if (next != null) {
            next.wake();
        }
    }

    /** Returns the writes that are decided, whose owners are to be woken: by then the next of them can lead. */
    private List<Ticket<?>> commitWaiting() {
        gather();
        try {
            file.check();
            lock.begin();
        } catch (OperationInterrupted e) {
            return List.of();
        } catch (StoreUnavailable e) {
            return failWaiting(() -> new StoreUnavailable(e.getMessage(), e));
        } catch (SQLException e) {
            rollback();
            return failWaiting(() -> SqliteErrors.translate(e));
        }
        long begun = System.nanoTime();
        List<Ticket<?>> group = takeWaiting();
        if (!commit(group)) {
            group.forEach(this::commitAlone);
        }
        commitNanos = System.nanoTime() - begun;
        return group;
    }

    /**
     * Writers that were just served tend to come back at once. Waiting for them for a part of a commit's time makes one group
     * of what would be two that take turns; a writer on its own waits for nobody. It yields, because those that are waited for
     * need the processor.
     */
    @SuppressWarnings("ThreadPriorityCheck")
    private void gather() {
        int wanted = Math.min(writers, GROUP);
        long deadline = System.nanoTime() + Math.min(commitNanos / 2, MOST_GATHER_NANOS);
        while (waiting.size() < wanted && System.nanoTime() < deadline) {
            Thread.yield();
        }
    }

    /** Each gets an exception of its own, to which its operation is added. */
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

    /** Makes the writes in the transaction that was begun. Returns false if one of several failed and none was made. */
    private boolean commit(List<Ticket<?>> group) {
        WriteTransaction transaction = new WriteTransaction(session);
        try {
            for (Ticket<?> ticket : group) {
                ticket.run(transaction);
            }
        } catch (SQLException | RuntimeException | Error e) {
            rollback();
            if (group.size() > 1) {
                return false;
            }
            group.get(0).fail(explained(e));
            return true;
        }
        finish(group);
        return true;
    }

    private static Throwable explained(Throwable e) {
        if (e instanceof SqlFailure carrier) {
            return SqliteErrors.translate(carrier.failure());
        }
        return e instanceof SQLException failure ? SqliteErrors.translate(failure) : e;
    }

    private void finish(List<Ticket<?>> group) {
        try {
            session.execute("COMMIT");
        } catch (SQLException e) {
            rollback();
            group.forEach(ticket -> ticket.fail(SqliteErrors.translateCommit(e)));
            return;
        }
        writers = group.size() + waiting.size();
        group.forEach(Ticket::complete);
    }

    /** A write of a group that failed, so that only the one that is to blame fails. */
    private void commitAlone(Ticket<?> ticket) {
        try {
            lock.begin();
        } catch (SQLException e) {
            rollback();
            ticket.fail(SqliteErrors.translate(e));
            return;
        } catch (OperationInterrupted e) {
            ticket.fail(
                    new StoreUnavailable("another write of the same group failed; nothing was written, try again", e));
            return;
        }
        commit(List.of(ticket));
    }

    /** SQLite has rolled back by itself after some failures, and then refuses to; the driver has lost some statements. */
    private void rollback() {
        try {
            session.forgetStatements();
        } catch (SQLException e) {
            LOG.debug("a statement that failed did not close", e);
        }
        try {
            session.execute("ROLLBACK");
        } catch (SQLException e) {
            LOG.debug("nothing to roll back", e);
        }
    }

    /** Ends the writes that wait, lets the group under way finish, and closes the session. */
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
        session.close();
    }
}

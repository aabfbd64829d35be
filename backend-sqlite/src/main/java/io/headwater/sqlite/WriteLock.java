package io.headwater.sqlite;

import io.headwater.OperationInterrupted;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;

/**
 * Waits for the file's write lock, which one process holds at a time. SQLite's own wait sleeps for longer and longer times,
 * so that another process that writes often would starve this one. The waits here are short and random, so that both make
 * progress.
 */
final class WriteLock {
    private static final long MIN_WAIT_NANOS = 50_000;
    private static final long MAX_WAIT_NANOS = 2_000_000;

    private final Session session;
    private final Duration timeout;

    /** Replaces the waiting of the session: SQLite itself no longer waits on it. */
    WriteLock(Session session, Duration timeout) throws SQLException {
        this.session = session;
        this.timeout = timeout;
        session.execute("PRAGMA busy_timeout = 0");
    }

    /** An action that fails while another connection holds the lock. */
    interface Action {
        void run() throws SQLException;
    }

    /** Begins a transaction that can write. */
    void begin() throws SQLException {
        retryWhileBusy(() -> session.execute("BEGIN IMMEDIATE"));
    }

    /** Throws {@link OperationInterrupted} if the thread is interrupted while it waits. */
    void retryWhileBusy(Action action) throws SQLException {
        long deadline = System.nanoTime() + timeout.toNanos();
        while (true) {
            try {
                action.run();
                return;
            } catch (SQLException e) {
                if (!SqliteErrors.isBusy(e) || System.nanoTime() > deadline) {
                    throw e;
                }
            }
            waitALittle();
        }
    }

    private static void waitALittle() {
        LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(MIN_WAIT_NANOS, MAX_WAIT_NANOS));
        if (Thread.currentThread().isInterrupted()) {
            throw new OperationInterrupted();
        }
    }
}

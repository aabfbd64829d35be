package io.headwater.sqlite;

import java.sql.SQLException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A thread that looks at the end of the log again and again, on a connection of its own: SQLite tells nobody of what other
 * processes commit. A look reads no more than the last position, and holds no transaction open afterwards. Looks come closer
 * together while others append, as more is likely to come.
 */
final class EndOfLogWatcher {
    private static final Logger LOG = LoggerFactory.getLogger(EndOfLogWatcher.class);

    private static final long MIN_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(2);
    private static final long MAX_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(40);
    private static final long PAUSE_AFTER_FAILURE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final DatabaseFile file;
    private final NewEvents events;
    private final CountDownLatch end = new CountDownLatch(1);
    private final Thread thread = new Thread(this::run, "headwater-sqlite-watch");
    private boolean failing;

    EndOfLogWatcher(DatabaseFile file, NewEvents events) {
        this.file = file;
        this.events = events;
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    boolean isAlive() {
        return thread.isAlive();
    }

    /** Asks it to end, and returns at once. */
    void end() {
        end.countDown();
    }

    /** Waits until it has ended; a call that it makes cannot wait for that. */
    void await() {
        boolean interrupted = false;
        while (thread.isAlive() && thread != Thread.currentThread()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        do {
            try (Session session = file.connect()) {
                session.execute("PRAGMA busy_timeout = 0");
                watch(session);
            } catch (SQLException e) {
                failed(e);
            }
        } while (!endsWithin(PAUSE_AFTER_FAILURE_NANOS));
    }

    private void watch(Session session) throws SQLException {
        long pause = MIN_PAUSE_NANOS;
        do {
            long before = events.announced();
            boolean news = events.looked(before, ReadLog.head(session));
            pause = news ? MIN_PAUSE_NANOS : Math.min(pause + pause / 8, MAX_PAUSE_NANOS);
            failing = false;
        } while (!endsWithin(pause));
    }

    /** Once until it works again; a file that is merely busy is said by the calls that it fails. */
    private void failed(SQLException e) {
        if (!failing && !SqliteErrors.isBusy(e)) {
            failing = true;
            LOG.warn(
                    "watching '{}' for appends of other processes failed, and goes on every second; until it works they"
                            + " are found by polling: {}",
                    file.path(),
                    e.getMessage());
        }
    }

    /** An interrupt is none of ours: a call that was made here has left it behind. */
    private boolean endsWithin(long nanos) {
        try {
            return end.await(nanos, TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            return end.getCount() == 0;
        }
    }
}

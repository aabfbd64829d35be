package io.headwater.sqlite;

import io.headwater.spi.support.BackgroundThread;
import io.headwater.spi.support.Outage;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;

/**
 * A thread that polls the end of the log on a connection of its own, because SQLite does not notify a process of commits by
 * other processes. Each query reads only the last position, and holds no transaction open afterwards. While other processes
 * append, the interval is shorter. While they do not, a poll makes a query only if the write-ahead log was written, or every
 * second in any case.
 */
final class EndOfLogWatcher {
    private static final long MIN_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(2);
    private static final long MAX_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(25);
    private static final long PAUSE_AFTER_FAILURE_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long MAX_NANOS_WITHOUT_QUERY = TimeUnit.SECONDS.toNanos(1);

    private final DatabaseFile file;
    private final NewEvents events;
    private final BackgroundThread thread = new BackgroundThread("headwater-sqlite-watch", this::run);
    private final Outage outage;

    // Used by the thread only.
    private final WalHint hint;
    private long queriedAt;

    EndOfLogWatcher(DatabaseFile file, NewEvents events, Outage outage) {
        this.file = file;
        this.outage = outage;
        this.events = events;
        this.hint = WalHint.of(file.path());
    }

    void start() {
        thread.start();
    }

    boolean isAlive() {
        return thread.isAlive();
    }

    /** Requests that the thread ends, and returns at once. */
    void end() {
        thread.end();
    }

    /** Waits until the thread has ended. Returns at once if the thread itself calls it. */
    void await() {
        thread.close();
    }

    private void run(BackgroundThread self) {
        do {
            try (Session session = file.connect()) {
                session.execute("PRAGMA busy_timeout = 0");
                watch(self, session);
            } catch (SQLException e) {
                failed(e);
            }
        } while (!self.endsWithin(PAUSE_AFTER_FAILURE_NANOS, TimeUnit.NANOSECONDS));
    }

    private void watch(BackgroundThread self, Session session) throws SQLException {
        long pause = MIN_PAUSE_NANOS;
        do {
            boolean isQueryNeeded = pause < MAX_PAUSE_NANOS || hint.mayHaveChanged();
            boolean news = isQueryNeeded ? query(session) : isMissed(session);
            pause = news ? MIN_PAUSE_NANOS : Math.min(pause + pause / 8, MAX_PAUSE_NANOS);
        } while (!self.endsWithin(pause, TimeUnit.NANOSECONDS));
    }

    /** Returns whether there are new events. */
    private boolean query(Session session) throws SQLException {
        long before = events.announced();
        boolean news = events.looked(before, ReadLog.head(session));
        queriedAt = System.nanoTime();
        outage.works();
        return news;
    }

    /** Makes a query if the last one was long ago. Returns whether the hint did not show that there are new events. */
    private boolean isMissed(Session session) throws SQLException {
        boolean missed = System.nanoTime() - queriedAt >= MAX_NANOS_WITHOUT_QUERY && query(session);
        if (missed) {
            hint.missed();
        }
        return missed;
    }

    /** If the file is only busy, the calls that fail because of it report that. */
    private void failed(SQLException e) {
        if (!SqliteErrors.isBusy(e)) {
            outage.failed(e.getMessage());
        }
    }
}

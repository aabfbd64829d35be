package io.headwater.sqlite;

import io.headwater.spi.support.BackgroundThread;
import io.headwater.spi.support.Outage;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;

/**
 * A thread that polls the end of the log, on a connection of its own: SQLite does not notify a
 * process of what other processes commit. A look reads no more than the last position, and holds no transaction open
 * afterwards. Looks come closer together while others append, as more is likely to come.
 */
final class EndOfLogWatcher {
    private static final long MIN_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(2);
    private static final long MAX_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(25);
    private static final long PAUSE_AFTER_FAILURE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final DatabaseFile file;
    private final NewEvents events;
    private final BackgroundThread thread = new BackgroundThread("headwater-sqlite-watch", this::run);
    private final Outage outage;

    EndOfLogWatcher(DatabaseFile file, NewEvents events, Outage outage) {
        this.file = file;
        this.outage = outage;
        this.events = events;
    }

    void start() {
        thread.start();
    }

    boolean isAlive() {
        return thread.isAlive();
    }

    /** Asks it to end, and returns at once. */
    void end() {
        thread.end();
    }

    /** Waits until it has ended; a call that it makes cannot wait for that. */
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
            long before = events.announced();
            boolean news = events.looked(before, ReadLog.head(session));
            pause = news ? MIN_PAUSE_NANOS : Math.min(pause + pause / 8, MAX_PAUSE_NANOS);
            outage.works();
        } while (!self.endsWithin(pause, TimeUnit.NANOSECONDS));
    }

    /** A file that is merely busy is reported by the calls that fail of it. */
    private void failed(SQLException e) {
        if (!SqliteErrors.isBusy(e)) {
            outage.failed(e.getMessage());
        }
    }
}

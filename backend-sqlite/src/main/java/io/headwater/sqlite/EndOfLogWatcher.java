package io.headwater.sqlite;

import io.headwater.spi.support.BackgroundThread;
import io.headwater.spi.support.Outage;
import io.headwater.sqlite.WriteReports.Report;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A thread that looks for events of other processes on a connection of its own, because SQLite does not notify a process of
 * commits by other processes. Each query reads only the last position, and holds no transaction open afterwards. While other
 * processes append, the thread makes queries at short intervals. While they do not, it waits until the operating system
 * reports that the write-ahead log was written, or, without such reports, polls the time at which it was. A query every second
 * finds what was not reported.
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
    private final Path log;
    private final WalHint hint;
    private boolean areReportsReliable = true;
    private long queriedAt;

    EndOfLogWatcher(DatabaseFile file, NewEvents events, Outage outage) {
        this.file = file;
        this.outage = outage;
        this.events = events;
        this.log = FileState.beside(real(file.path()), "-wal");
        this.hint = new WalHint(log);
    }

    /** SQLite keeps the log beside the file to which a symbolic link leads. */
    private static Path real(Path database) {
        try {
            return database.toRealPath();
        } catch (IOException e) {
            return database;
        }
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
        Optional<WriteReports> reports = WriteReports.of(log);
        try {
            do {
                watch(self, reports);
            } while (!self.endsWithin(PAUSE_AFTER_FAILURE_NANOS, TimeUnit.NANOSECONDS));
        } finally {
            reports.ifPresent(WriteReports::close);
        }
    }

    private void watch(BackgroundThread self, Optional<WriteReports> reports) {
        try (Session session = file.connect()) {
            session.execute("PRAGMA busy_timeout = 0");
            while (!self.isEnding()) {
                queryOften(self, session);
                if (reports.isPresent() && areReportsReliable) {
                    awaitReport(self, session, reports.get());
                } else {
                    pollTime(self, session);
                }
            }
        } catch (SQLException e) {
            failed(e);
        }
    }

    /** Makes queries at growing intervals, until there has been no new event for a while. */
    private void queryOften(BackgroundThread self, Session session) throws SQLException {
        long pause = MIN_PAUSE_NANOS;
        while (pause < MAX_PAUSE_NANOS && !self.endsWithin(pause, TimeUnit.NANOSECONDS)) {
            pause = query(session) ? MIN_PAUSE_NANOS : pause + pause / 8;
        }
    }

    /** Polls the time of the last write, until there are new events. */
    private void pollTime(BackgroundThread self, Session session) throws SQLException {
        boolean news = false;
        while (!news && !self.endsWithin(MAX_PAUSE_NANOS, TimeUnit.NANOSECONDS)) {
            news = hint.mayHaveChanged() ? query(session) : isMissedByHint(session);
        }
    }

    /** Waits until there are new events, or another process has written. */
    private void awaitReport(BackgroundThread self, Session session, WriteReports reports) throws SQLException {
        boolean over = false;
        while (!over && !self.isEnding()) {
            over = isOver(self, session, reports);
        }
    }

    private boolean isOver(BackgroundThread self, Session session, WriteReports reports) throws SQLException {
        long ownWrites = events.ownWrites();
        Report report;
        areReportsReliable = reports.begin();
        try {
            if (!areReportsReliable || query(session)) {
                return true;
            }
            report = reports.await(MAX_NANOS_WITHOUT_QUERY);
        } finally {
            reports.end();
        }
        return switch (report) {
            case NONE -> isMissedByReports(session);
            case THIS_FILE -> events.ownWrites() == ownWrites || self.endsWithin(MAX_PAUSE_NANOS, TimeUnit.NANOSECONDS);
            case OTHER_FILES -> self.endsWithin(MAX_PAUSE_NANOS, TimeUnit.NANOSECONDS);
        };
    }

    /** Returns whether there are new events. */
    private boolean query(Session session) throws SQLException {
        long before = events.announced();
        boolean news = events.looked(before, ReadLog.head(session));
        queriedAt = System.nanoTime();
        outage.works();
        return news;
    }

    /** Makes a query after a second without a report. Returns whether there are events that should have been reported. */
    private boolean isMissedByReports(Session session) throws SQLException {
        boolean missed = query(session);
        areReportsReliable = !missed;
        return missed;
    }

    /** Makes a query if the last one was long ago. Returns whether the hint did not show that there are new events. */
    private boolean isMissedByHint(Session session) throws SQLException {
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

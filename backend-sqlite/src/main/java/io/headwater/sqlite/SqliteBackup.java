package io.headwater.sqlite;

import io.headwater.BackendFailure;
import io.headwater.EventStoreException;
import io.headwater.FileBackup;
import io.headwater.OperationInterrupted;
import io.headwater.Position;
import io.headwater.StoreClosed;
import io.headwater.StoreUnavailable;
import io.headwater.spi.Positions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Copies the file by {@code VACUUM INTO}, which is a single read transaction. It does not block appends, and never has to
 * start again.
 */
final class SqliteBackup implements FileBackup, AutoCloseable {
    private static final String BYTES = "SELECT (page_count - freelist_count) * page_size"
            + " FROM pragma_page_count, pragma_freelist_count, pragma_page_size";

    private static final long NANOS_BETWEEN_REPORTS = TimeUnit.MILLISECONDS.toNanos(100);

    private final DatabaseFile file;
    private final FileGuard guard;
    private final String storeId;
    private final Semaphore running = new Semaphore(1);
    private volatile boolean closed;

    SqliteBackup(DatabaseFile file, FileGuard guard, String storeId) {
        this.file = file;
        this.guard = guard;
        this.storeId = storeId;
    }

    /** One at a time, so that closing can wait for it. */
    @Override
    public Copy backup(Path target, boolean replace, Progress progress) {
        running.acquireUninterruptibly();
        try {
            return make(target, replace, progress);
        } finally {
            running.release();
        }
    }

    private Copy make(Path target, boolean replace, Progress progress) {
        try (BackupTarget place = BackupTarget.of(target, file, replace)) {
            Position head = copy(place.written(), progress);
            guard.check();
            Copy copy = checked(place.written(), head);
            place.commit();
            return copy;
        } catch (IOException e) {
            throw new StoreUnavailable("'%s' cannot be written: %s".formatted(target, e.getMessage()), e);
        }
    }

    /** Returns the head from before. */
    private Position copy(Path written, Progress progress) {
        try (Session session = file.connectReading()) {
            Position head = Positions.of(ReadLog.head(session));
            long total = session.number(BYTES);
            Told told = new Told(progress);
            session.goOnWhile(() -> goesOn() && told.at(written, total));
            try {
                session.execute("VACUUM INTO ?", written.toString());
            } catch (SQLException e) {
                throw told.failure != null ? told.failure : ended(e);
            }
            progress.at(size(written), size(written));
            return head;
        } catch (SQLException e) {
            throw guard.translate(e);
        }
    }

    /** A callback of SQLite must not throw. An exception of the caller's progress is kept, and thrown later. */
    private static final class Told {
        private final Progress progress;
        private long next = System.nanoTime();
        private @Nullable RuntimeException failure;

        Told(Progress progress) {
            this.progress = progress;
        }

        boolean at(Path written, long total) {
            if (System.nanoTime() - next < 0) {
                return true;
            }
            next = System.nanoTime() + NANOS_BETWEEN_REPORTS;
            long done = size(written);
            try {
                progress.at(done, Math.max(done, total));
                return true;
            } catch (RuntimeException e) {
                failure = e;
                return false;
            }
        }
    }

    private static long size(Path written) {
        try {
            return Files.size(written);
        } catch (IOException e) {
            return 0;
        }
    }

    private boolean goesOn() {
        return !closed && !Thread.currentThread().isInterrupted();
    }

    private EventStoreException ended(SQLException e) {
        if (SqliteErrors.isInterrupted(e)) {
            return closed ? new StoreClosed(e) : new OperationInterrupted();
        }
        return guard.translate(e);
    }

    /** Reads the whole copy, and checks that it is of this store and undamaged. */
    private Copy checked(Path written, Position head) throws IOException {
        try (Session session = file.at(written).connectReading()) {
            session.goOnWhile(this::goesOn);
            String found = session.first(row -> row.getString(1), "PRAGMA integrity_check(1)")
                    .orElse("nothing");
            Position copied = Positions.of(ReadLog.head(session));
            if (!found.equals("ok") || copied.compareTo(head) < 0) {
                throw new BackendFailure("the copy is damaged, so the store may be: " + found, null);
            }
            return new Copy(storeId, copied, session.number("SELECT count(*) FROM events"), Files.size(written));
        } catch (SQLException e) {
            throw ended(e);
        }
    }

    /** Ends a backup that runs, and waits until it has ended. */
    @Override
    public void close() {
        closed = true;
        running.acquireUninterruptibly();
        running.release();
    }
}

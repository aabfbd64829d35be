package io.headwater.sqlite;

import io.headwater.EventStoreException;
import io.headwater.StoreClosed;
import io.headwater.StoreUnavailable;
import io.headwater.jdbc.SqlCalls;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Reads of a store that was opened read-only. They create no file, and need no right to write.
 *
 * <p>A normal connection creates the write-ahead log and the shared memory if they are missing, even if it only reads, and
 * may not be able to remove them. While they are missing, no process has the file open, and connections read the file as one
 * that does not change. The result is valid if the files are the same afterwards; otherwise it is read again. As soon as
 * these files exist, normal connections are used: they see what is in the write-ahead log, and keep other processes from
 * removing it.
 */
final class ReadOnlySessions implements Reads, ReadGuard, AutoCloseable {
    private static final int MAX_TRIES = 100;
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private final DatabaseFile file;
    private final int most;
    private final String identity;
    private @Nullable Opened opened;
    private boolean closed;

    /** Connections that were opened when the files were in this state. */
    private record Opened(FileState state, ReadSessions sessions) {}

    ReadOnlySessions(DatabaseFile file, int most) {
        this.file = file;
        this.most = most;
        this.identity = FileState.of(file.path()).database().identity();
    }

    @Override
    public <T> T read(SqlCalls.Work<Session, T> work) {
        for (int tries = 0; tries < MAX_TRIES; tries++) {
            Opened used = opened();
            try {
                T result = used.sessions().read(work);
                if (isStill(used)) {
                    return result;
                }
            } catch (RuntimeException e) {
                if (isStill(used) && !(e instanceof StoreClosed)) {
                    throw e;
                }
            }
            leave(used);
        }
        throw new StoreUnavailable(
                "'" + file.path() + "' was opened and closed by others again and again while it was read; try again",
                null);
    }

    private boolean isStill(Opened used) {
        return used.state().isStill(FileState.of(file.path()));
    }

    private synchronized Opened opened() {
        if (closed) {
            throw new StoreClosed();
        }
        Opened known = opened;
        if (known == null) {
            FileState state = settled();
            known = new Opened(state, new ReadSessions(source(state), this, most));
            opened = known;
        }
        return known;
    }

    private ReadSessions.Source source(FileState state) {
        return state.isAtRest() ? file::connectImmutable : file::connectReading;
    }

    /** Waits for a moment if a process is opening or closing the file, or has just changed it. */
    private FileState settled() {
        FileState state = looked();
        for (int tries = 0; tries < MAX_TRIES && isPassing(state); tries++) {
            LockSupport.parkNanos(PAUSE_NANOS);
            state = looked();
        }
        if (state.isBetween()) {
            throw new StoreUnavailable(
                    "'%s-wal' holds what is not in the file yet, and '%1$s-shm' is missing; copy the three files together, or open the store once without access=read"
                            .formatted(file.path()),
                    null);
        }
        return state;
    }

    private static boolean isPassing(FileState state) {
        return state.isBetween() || (state.isAtRest() && state.database().isFresh());
    }

    private FileState looked() {
        FileState state = FileState.of(file.path());
        if (!state.database().identity().equals(identity)) {
            throw new StoreUnavailable(
                    "'" + file.path() + "' was replaced while the store was open; close the store and open it again",
                    null);
        }
        return state;
    }

    /** Other threads may read on these connections, which are closed when those reads have ended. */
    private void leave(Opened used) {
        synchronized (this) {
            if (used.equals(opened)) {
                opened = null;
            }
        }
        close(used);
    }

    private static void close(Opened used) {
        SqliteErrors.translating(() -> {
            used.sessions().close();
            return true;
        });
    }

    /**
     * Does nothing: the check is made after the read, see {@link #read}, because the state after a failure matters, too.
     */
    @Override
    public void checkRead() {}

    @Override
    public EventStoreException translate(SQLException e) {
        return SqliteErrors.translateOpening(file.path(), e);
    }

    /** Waits for the reads in progress, which are short, and closes all connections. */
    @Override
    public void close() {
        Opened last;
        synchronized (this) {
            closed = true;
            last = opened;
            opened = null;
        }
        if (last != null) {
            close(last);
        }
    }
}

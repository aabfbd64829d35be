package io.headwater.sqlite;

import io.headwater.AppendOutcomeUnknown;
import io.headwater.BackendFailure;
import io.headwater.ConfigurationException;
import io.headwater.EventStoreException;
import io.headwater.IncompatibleStore;
import io.headwater.StoreUnavailable;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Set;
import org.sqlite.NativeLibraryNotFoundException;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** Translates SQLite's error codes (https://sqlite.org/rescode.html). No other class knows them. */
final class SqliteErrors {
    /** The primary code is the lowest byte of an extended one. */
    private static final int PRIMARY = 0xff;

    /** Errors of a connection that only reads, which only a connection that writes can resolve. */
    private static final Set<SQLiteErrorCode> NEEDS_WRITER = Set.of(
            SQLiteErrorCode.SQLITE_READONLY_ROLLBACK,
            SQLiteErrorCode.SQLITE_READONLY_RECOVERY,
            SQLiteErrorCode.SQLITE_READONLY_CANTLOCK,
            SQLiteErrorCode.SQLITE_READONLY_CANTINIT);

    /** Failures to write a file. The system gives no further reason for most of them. */
    private static final Set<SQLiteErrorCode> UNWRITTEN = Set.of(
            SQLiteErrorCode.SQLITE_IOERR_WRITE,
            SQLiteErrorCode.SQLITE_IOERR_FSYNC,
            SQLiteErrorCode.SQLITE_IOERR_DIR_FSYNC,
            SQLiteErrorCode.SQLITE_IOERR_TRUNCATE,
            SQLiteErrorCode.SQLITE_IOERR_SHMOPEN,
            SQLiteErrorCode.SQLITE_IOERR_SHMSIZE);

    private SqliteErrors() {}

    private static int primary(SQLException e) {
        return e instanceof SQLiteException sqlite ? sqlite.getResultCode().code & PRIMARY : -1;
    }

    private static boolean is(SQLException e, SQLiteErrorCode code) {
        return primary(e) == code.code;
    }

    /** Whether another connection holds the lock that was needed. */
    static boolean isBusy(SQLException e) {
        return is(e, SQLiteErrorCode.SQLITE_BUSY) || is(e, SQLiteErrorCode.SQLITE_LOCKED);
    }

    /** Whether the statement was ended on request. */
    static boolean isInterrupted(SQLException e) {
        return is(e, SQLiteErrorCode.SQLITE_INTERRUPT);
    }

    /** A call whose failures are translated. */
    interface Call<T> {
        T run() throws SQLException;
    }

    static <T> T translating(Call<T> call) {
        try {
            return call.run();
        } catch (SQLException e) {
            throw translate(e);
        }
    }

    /** The exception for a failure to open this file, which is unchanged. */
    static EventStoreException translateOpening(Path file, SQLException e) {
        if (e.getCause() instanceof NativeLibraryNotFoundException) {
            return new ConfigurationException(
                    "SQLite's native library was not loaded: folder '%s', where sqlite-jdbc unpacks it, must be writable and"
                                    .formatted(temporaryFolder())
                            + " must allow execution (no mount option noexec); name another with -Dorg.sqlite.tmpdir=FOLDER",
                    e);
        }
        return is(e, SQLiteErrorCode.SQLITE_NOTADB)
                ? new IncompatibleStore("'" + file + "' is not an SQLite database; it was left as it is", e)
                : translate(e);
    }

    private static String temporaryFolder() {
        return System.getProperty("org.sqlite.tmpdir", System.getProperty("java.io.tmpdir"));
    }

    /** The exception for a failure after which nothing is written. */
    static EventStoreException translate(SQLException e) {
        if (isBusy(e)) {
            return new StoreUnavailable(
                    "another process kept the file locked for longer than busyTimeout; try again, or set it higher", e);
        }
        if (is(e, SQLiteErrorCode.SQLITE_FULL)) {
            return new StoreUnavailable("the disk is full; nothing was written. Make room and try again", e);
        }
        if (e instanceof SQLiteException sqlite && NEEDS_WRITER.contains(sqlite.getResultCode())) {
            return new StoreUnavailable(
                    "a process ended before it had written everything into the file, and completing this needs permission to write: open the store once without access=read",
                    e);
        }
        if (is(e, SQLiteErrorCode.SQLITE_READONLY) || is(e, SQLiteErrorCode.SQLITE_PERM)) {
            return new StoreUnavailable("the file or its folder cannot be written; check permissions and mounts", e);
        }
        if (is(e, SQLiteErrorCode.SQLITE_CANTOPEN)) {
            return new StoreUnavailable(
                    "the file, or those beside it, cannot be opened; check the folder's permissions", e);
        }
        if (is(e, SQLiteErrorCode.SQLITE_IOERR)) {
            return new StoreUnavailable(ofFiles((SQLiteException) e), e);
        }
        if (is(e, SQLiteErrorCode.SQLITE_NOTADB)) {
            return new IncompatibleStore("the file is not an SQLite database", e);
        }
        if (is(e, SQLiteErrorCode.SQLITE_CORRUPT)) {
            return new BackendFailure(
                    "the file is damaged, or the disk failed to read it; check the disk, or restore the file from a backup",
                    e);
        }
        return new BackendFailure("SQLite failed: " + e.getMessage(), e);
    }

    private static String ofFiles(SQLiteException e) {
        String code = e.getResultCode().name();
        return UNWRITTEN.contains(e.getResultCode())
                ? "the file, or one beside it, cannot be written (" + code
                        + "): the disk is full or fails, or the process may"
                        + " not write files of this size (ulimit -f); make room, or raise the limit, and try again"
                : "the file, or one beside it, cannot be read or written (" + code + "): check the disk";
    }

    /** The exception for a failed commit. Unless SQLite says that it was not made, it may have been. */
    static EventStoreException translateCommit(SQLException e) {
        boolean undone = is(e, SQLiteErrorCode.SQLITE_FULL) || isBusy(e);
        return undone
                ? translate(e)
                : new AppendOutcomeUnknown(
                        "the commit failed and may or may not have been written: "
                                + (is(e, SQLiteErrorCode.SQLITE_IOERR) ? ofFiles((SQLiteException) e) : e.getMessage()),
                        e);
    }
}

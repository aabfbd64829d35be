package io.headwater.sqlite;

import io.headwater.IncompatibleStore;
import io.headwater.StoreMissing;
import io.headwater.sqlite.SqliteBackendProvider.SchemaMode;
import java.sql.SQLException;
import java.util.List;
import java.util.function.IntConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Creates the tables, upgrades them to the newest format, or checks that they are those of an event store in a format that
 * can be read (L3).
 */
final class SqliteSchema {
    private static final Logger LOG = LoggerFactory.getLogger(SqliteSchema.class);

    private final DatabaseFile file;
    private final Session session;

    SqliteSchema(DatabaseFile file, Session session) {
        this.file = file;
        this.session = session;
    }

    /** Returns the id of the store. */
    static String prepare(DatabaseFile file, SchemaMode mode) {
        try (Session session = file.connectOrCreate()) {
            return new SqliteSchema(file, session).prepare(mode);
        } catch (SQLException e) {
            throw SqliteErrors.translateOpening(file.path(), e);
        }
    }

    /**
     * Returns the id of the store of a connection that only reads. Accepts any format that can be read without an upgrade.
     */
    static String check(DatabaseFile file, Session session) throws SQLException {
        if (new SqliteSchema(file, session).format() == 0) {
            throw new StoreMissing("'" + file.path() + "' has no tables, and opening it read-only creates none");
        }
        return storeId(session);
    }

    /** Can be repeated, and run by several processes at the same time: each one checks again when it has the write lock. */
    String prepare(SchemaMode mode) throws SQLException {
        WriteLock lock = new WriteLock(session, file.busyTimeout());
        lock.retryWhileBusy(() -> {
            int format = format();
            if (format < SchemaScript.NEWEST) {
                refuseToChange(format, mode);
                complete(this::warn);
            }
            session.execute("PRAGMA journal_mode = WAL");
        });
        return storeId(session);
    }

    private static String storeId(Session session) throws SQLException {
        return session.first(row -> row.getString(1), "SELECT id FROM store").orElseThrow();
    }

    /** The format of the store; 0 if there is none. Refuses a file that is not an event store, or has a newer format. */
    int format() throws SQLException {
        if (session.number("SELECT count(*) FROM sqlite_schema") == 0) {
            return 0;
        }
        if (session.number("PRAGMA application_id") != SchemaScript.APPLICATION_ID) {
            throw new IncompatibleStore(
                    "'" + file.path() + "' is an SQLite database, but not an event store; it was left as it is", null);
        }
        long format = session.number("PRAGMA user_version");
        if (format < 1 || format > SchemaScript.NEWEST) {
            throw new IncompatibleStore(
                    "'%s' has the format %s, this version reads formats up to %s; use the version that wrote it"
                            .formatted(file.path(), format, SchemaScript.NEWEST),
                    null);
        }
        return (int) format;
    }

    private void refuseToChange(int format, SchemaMode mode) {
        if (mode == SchemaMode.CREATE) {
            return;
        }
        if (format == 0) {
            throw new StoreMissing("'" + file.path() + "' has no tables, and schema=validate creates none");
        }
        throw new IncompatibleStore(
                ("'%s' has the format %s, this version needs format %s, and schema=validate changes nothing;"
                                + " bring it there with schema=create, or with 'headwater schema apply': versions that know only"
                                + " format %s will refuse it then")
                        .formatted(file.path(), format, SchemaScript.NEWEST, format),
                null);
    }

    /** No operator confirmed the upgrade, so the log says what it means (L3). */
    private void warn(int format) {
        LOG.warn(
                "'{}' has the format {} and is brought to format {} now: versions that know only format {} will refuse it",
                file.path(),
                format,
                SchemaScript.NEWEST,
                format);
    }

    /**
     * Runs the scripts that are missing, all or none of them, and returns them.
     *
     * @param before called with the format of an existing store, before anything is changed
     */
    List<SchemaScript> complete(IntConsumer before) throws SQLException {
        session.execute("BEGIN IMMEDIATE");
        try {
            int format = format();
            List<SchemaScript> missing = SchemaScript.after(format);
            if (format > 0 && !missing.isEmpty()) {
                before.accept(format);
            }
            for (SchemaScript script : missing) {
                for (String statement : script.statements()) {
                    session.execute(statement);
                }
            }
            session.execute("COMMIT");
            return missing;
        } catch (SQLException | RuntimeException e) {
            session.rollBackAfter(e);
            throw e;
        }
    }
}

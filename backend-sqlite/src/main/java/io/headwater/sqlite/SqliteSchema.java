package io.headwater.sqlite;

import io.headwater.BackendFailure;
import io.headwater.IncompatibleStore;
import io.headwater.StoreMissing;
import io.headwater.sqlite.SqliteBackendProvider.SchemaMode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.UUID;

/** Creates the tables, or checks that they are ours and of a format that we read (L3). */
final class SqliteSchema {
    /** "HdWt", in the file's header: whose file it is (https://sqlite.org/pragma.html#pragma_application_id). */
    private static final int APPLICATION_ID = 0x48645774;

    private static final int FORMAT = 1;

    private final DatabaseFile file;
    private final Session session;

    private SqliteSchema(DatabaseFile file, Session session) {
        this.file = file;
        this.session = session;
    }

    /** Returns the store's id. */
    static String prepare(DatabaseFile file, SchemaMode mode) {
        try (Session session = file.connectOrCreate()) {
            SqliteSchema schema = new SqliteSchema(file, session);
            new WriteLock(session, file.busyTimeout()).retryWhileBusy(() -> schema.prepare(mode));
            return schema.storeId();
        } catch (SQLException e) {
            throw SqliteErrors.translateOpening(file.path(), e);
        }
    }

    /** Can be repeated when another process gets in between. */
    private void prepare(SchemaMode mode) throws SQLException {
        if (isEmpty()) {
            create(mode);
        }
        check();
        session.execute("PRAGMA journal_mode = WAL");
    }

    private boolean isEmpty() throws SQLException {
        return session.number("SELECT count(*) FROM sqlite_schema") == 0;
    }

    private void create(SchemaMode mode) throws SQLException {
        if (mode == SchemaMode.VALIDATE) {
            throw new StoreMissing("'" + file.path() + "' has no tables, and schema=validate creates none");
        }
        session.execute("BEGIN IMMEDIATE");
        try {
            if (isEmpty()) {
                createTables();
            }
            session.execute("COMMIT");
        } catch (SQLException e) {
            session.execute("ROLLBACK");
            throw e;
        }
    }

    private void createTables() throws SQLException {
        for (String statement : script().split(";\n", -1)) {
            if (!statement.isBlank()) {
                session.execute(statement);
            }
        }
        session.update(
                "INSERT INTO store (id, log_floor) VALUES (?, 0)",
                UUID.randomUUID().toString());
        session.execute("PRAGMA application_id = " + APPLICATION_ID);
        session.execute("PRAGMA user_version = " + FORMAT);
    }

    private String storeId() throws SQLException {
        return session.first(row -> row.getString(1), "SELECT id FROM store").orElseThrow();
    }

    private static String script() {
        try (InputStream in = SqliteSchema.class.getResourceAsStream("schema-" + FORMAT + ".sql")) {
            if (in == null) {
                throw new BackendFailure("schema script is missing from the backend's jar", null);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new BackendFailure("schema script cannot be read", e);
        }
    }

    private void check() throws SQLException {
        if (session.number("PRAGMA application_id") != APPLICATION_ID) {
            throw new IncompatibleStore(
                    "'" + file.path() + "' is an SQLite database, but not an event store; it was left as it is", null);
        }
        long format = session.number("PRAGMA user_version");
        if (format != FORMAT) {
            throw new IncompatibleStore(
                    "'%s' has the format %d, this version reads format %d; use the version that wrote it"
                            .formatted(file.path(), format, FORMAT),
                    null);
        }
    }
}

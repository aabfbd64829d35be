package io.headwater.postgres;

import io.headwater.IncompatibleStore;
import io.headwater.StoreMissing;
import java.sql.SQLException;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.IntConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Creates the tables and functions, or checks that they are those that this version works with (L3). */
final class PostgresSchema {
    private static final Logger LOG = LoggerFactory.getLogger(PostgresSchema.class);
    private static final String EXISTS = "SELECT count(*) FROM pg_namespace WHERE nspname = ?";
    private static final String HAS_OTHER_TABLES =
            "SELECT count(*) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = ?";
    private static final String IS_PREPARED = "SELECT to_regclass(?) IS NOT NULL";
    private static final String APPLIED = "SELECT version, checksum FROM ${schema}.migrations ORDER BY version";
    private static final String CREATE_MIGRATIONS = """
            CREATE TABLE ${schema}.migrations (
                version    integer     PRIMARY KEY,
                file       text        NOT NULL,
                checksum   text        NOT NULL,
                applied_at timestamptz NOT NULL DEFAULT now())""";
    private static final String NOTE = "INSERT INTO ${schema}.migrations (version, file, checksum) VALUES (?, ?, ?)";

    /** "hdwt": one process at a time creates or changes tables in a database. */
    private static final String LOCK = "SELECT pg_advisory_xact_lock(1751414644)";

    private static final String STORE_ID = "SELECT id FROM ${schema}.store";

    /**
     * If a copy has the events and not the state of the sequence, as after logical replication, it would give positions
     * again.
     */
    private static final String IS_BEHIND = """
            SELECT greatest(log_floor, (SELECT max(position) FROM ${schema}.events),
                    (SELECT max(position) FROM ${schema}.stream_changes)) >> 16
                > (SELECT last_value FROM ${schema}.tickets) FROM ${schema}.store""";

    /** Every append changes a stream before it takes a ticket, so no append takes one while this lock is held. */
    private static final String STOP_APPENDS = "LOCK TABLE ${schema}.streams IN SHARE MODE";

    /** Never sets it back: other processes may have taken tickets since the sequence was found to be behind. */
    static final String CATCH_UP = """
            SELECT setval('${schema}.tickets', greatest(
                greatest(log_floor, (SELECT max(position) FROM ${schema}.events),
                    (SELECT max(position) FROM ${schema}.stream_changes)) >> 16,
                (SELECT last_value FROM ${schema}.tickets)))
            FROM ${schema}.store""";

    private final Database database;
    private final Namespace namespace;

    PostgresSchema(Database database) {
        this.database = database;
        this.namespace = database.namespace();
    }

    /**
     * Creates or checks the tables, as this mode says, and returns the id of the store. A read-only store gives no
     * positions, and changes nothing.
     */
    static String prepare(Database database, SchemaMode mode) {
        PostgresSchema schema = new PostgresSchema(database);
        switch (mode) {
            case CREATE -> schema.apply(schema::warn);
            case VALIDATE -> schema.validate();
            case OFF -> {}
        }
        if (database.read(PostgresSchema::isBehind)) {
            database.transaction(PostgresSchema::catchUp);
        }
        String storeId = database.read(PostgresSchema::storeId);
        if (!schema.isMarked(storeId)) {
            schema.mark(mode);
        }
        return storeId;
    }

    private boolean isMarked(String storeId) {
        return database.read(session -> StoreMark.exists(session, namespace, storeId));
    }

    private void mark(SchemaMode mode) {
        if (mode != SchemaMode.CREATE) {
            throw StoreMark.missing(namespace);
        }
        database.transaction(session -> {
            session.first(row -> true, LOCK);
            StoreMark.make(session, namespace);
            return true;
        });
    }

    /** As {@link #prepare}, without creating or changing anything (L5). */
    static String check(Database database) {
        PostgresSchema schema = new PostgresSchema(database);
        List<Migration> missing = schema.missing();
        if (!missing.isEmpty()) {
            throw schema.notCurrent(missing, "opening it read-only changes nothing");
        }
        if (database.read(PostgresSchema::isBehind)) {
            throw new IncompatibleStore(
                    "schema '%s' holds events beyond the last position that its sequence gave, as a copy made by logical replication does: read the store that is appended to, or, if nothing is copied any more, open this one once without access=read"
                            .formatted(schema.namespace.name()),
                    null);
        }
        String storeId = database.read(PostgresSchema::storeId);
        if (!schema.isMarked(storeId)) {
            throw StoreMark.missing(schema.namespace);
        }
        return storeId;
    }

    private static String storeId(Session session) throws SQLException {
        return session.only(row -> row.getString(1), STORE_ID);
    }

    private static boolean isBehind(Session session) throws SQLException {
        return session.only(row -> row.getBoolean(1), IS_BEHIND);
    }

    /** One process at a time, so that a late one does not set back what an early one has given meanwhile. */
    private static boolean catchUp(Session session) throws SQLException {
        session.execute(LOCK);
        session.execute(STOP_APPENDS);
        return isBehind(session) && session.only(row -> true, CATCH_UP);
    }

    /** The script that {@link #apply} runs on an empty database. */
    static String script(Namespace namespace) {
        StringBuilder script = new StringBuilder("CREATE SCHEMA ${schema};\n\n")
                .append(CREATE_MIGRATIONS)
                .append(";\n");
        for (Migration migration : Migration.ALL) {
            script.append('\n').append(migration.script());
            script.append("\nINSERT INTO ${schema}.migrations (version, file, checksum) VALUES (%s, '%s', '%s');\n"
                    .formatted(migration.version(), migration.file(), migration.checksum()));
        }
        return namespace.replaced(script.toString());
    }

    /** The migrations that are still to be applied. */
    List<Migration> missing() {
        return database.read(session -> {
            PostgresServer.check(session);
            return missing(session);
        });
    }

    /** No operator confirmed the upgrade, so the log says what it means (L3). */
    private void warn(int version) {
        LOG.warn(
                "schema '{}' is at version {} and is brought to version {} now: releases that know only version {} will refuse it",
                namespace.name(),
                version,
                Migration.ALL.size(),
                version);
    }

    /**
     * Applies the missing migrations, and returns them. One process at a time does this.
     *
     * @param before called with the version of an existing store, before anything is changed
     */
    List<Migration> apply(IntConsumer before) {
        if (missing().isEmpty()) {
            return List.of();
        }
        return database.transaction(session -> {
            session.first(row -> true, LOCK);
            return apply(session, before);
        });
    }

    private void validate() {
        List<Migration> missing = missing();
        if (!missing.isEmpty()) {
            throw notCurrent(missing, "schema=validate creates none");
        }
    }

    private RuntimeException notCurrent(List<Migration> missing, String why) {
        String remedy = "; make them with schema=create, or with 'headwater schema apply'";
        return missing.size() == Migration.ALL.size()
                ? new StoreMissing("schema '" + namespace.name() + "' has no tables of a store, and " + why + remedy)
                : new IncompatibleStore(
                        "schema '%s' is at version %s, this release needs version %s%s: releases that know only version %s will refuse it then"
                                .formatted(
                                        namespace.name(),
                                        missing.get(0).version() - 1,
                                        Migration.ALL.size(),
                                        remedy,
                                        missing.get(0).version() - 1),
                        null);
    }

    /** The migrations that are still to be applied. Refuses a schema that is not an event store, or has a newer format. */
    private List<Migration> missing(Session session) throws SQLException {
        if (!session.only(row -> row.getBoolean(1), IS_PREPARED, namespace.quoted() + ".migrations")) {
            refuseOthers(session);
            return Migration.ALL;
        }
        NavigableMap<Integer, String> applied = new TreeMap<>();
        session.list(row -> applied.put(row.getInt(1), row.getString(2)), APPLIED);
        refuseNewer(applied.isEmpty() ? 0 : applied.lastKey());
        for (Migration migration : Migration.ALL.subList(0, applied.size())) {
            if (!migration.checksum().equals(applied.get(migration.version()))) {
                throw new IncompatibleStore(
                        "schema '%s' was created by another script than %s of this version; use the version that created it"
                                .formatted(namespace.name(), migration.file()),
                        null);
            }
        }
        return Migration.ALL.subList(applied.size(), Migration.ALL.size());
    }

    private void refuseOthers(Session session) throws SQLException {
        if (session.only(row -> row.getLong(1), HAS_OTHER_TABLES, namespace.name()) > 0) {
            throw new IncompatibleStore(
                    "schema '%s' holds other tables, and no event store; it was left as it is: choose another namespace"
                            .formatted(namespace.name()),
                    null);
        }
    }

    private void refuseNewer(int version) {
        if (version > Migration.ALL.size()) {
            throw new IncompatibleStore(
                    "schema '%s' is at version %s, this version knows up to %s; use a newer one"
                            .formatted(namespace.name(), version, Migration.ALL.size()),
                    null);
        }
    }

    private List<Migration> apply(Session session, IntConsumer before) throws SQLException {
        List<Migration> missing = missing(session);
        int applied = Migration.ALL.size() - missing.size();
        if (applied > 0 && !missing.isEmpty()) {
            before.accept(applied);
        }
        if (session.only(row -> row.getLong(1), EXISTS, namespace.name()) == 0) {
            session.execute("CREATE SCHEMA ${schema}");
        }
        if (missing.size() == Migration.ALL.size()) {
            session.execute(CREATE_MIGRATIONS);
        }
        for (Migration migration : missing) {
            session.script(migration.script());
            session.update(NOTE, migration.version(), migration.file(), migration.checksum());
        }
        return missing;
    }
}

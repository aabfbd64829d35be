package io.headwater.benchmarks;

import io.headwater.EventStore;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The PostgreSQL backend, with JDBC as the baseline, on a server that is started for it unless one is given. Headwater
 * creates the tables, in a schema for each measurement.
 */
final class PostgresTarget implements Target {
    private static final int SINGLE = 1;
    private static final Goal OVER_INSERTS = Goal.atLeast(0.6);
    private static final Goal OVER_COPY = Goal.atLeast(0.5);

    /** The default number of writers, which is the number of connections of the baseline. */
    private static final int CONNECTIONS = 32;

    private final @Nullable String given;
    private @Nullable EmbeddedPostgres embedded;
    private @Nullable PostgresDatabase database;

    /** Uses the database of this URL; null starts a server. */
    PostgresTarget(@Nullable String given) {
        this.given = given;
    }

    @Override
    public String name() {
        return "postgres";
    }

    @Override
    public void start(Path folder) throws IOException {
        if (given == null) {
            embedded = server(folder.resolve("postgres"));
            database =
                    new PostgresDatabase("postgresql://postgres@localhost:%s/postgres".formatted(embedded.getPort()));
        } else {
            database = new PostgresDatabase(given);
        }
    }

    /** With the server's default durability, and the memory settings of a small machine. */
    private static EmbeddedPostgres server(Path data) throws IOException {
        return EmbeddedPostgres.builder()
                .setDataDirectory(data)
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("full_page_writes", "on")
                .setServerConfig("shared_buffers", "256MB")
                .setServerConfig("max_wal_size", "4GB")
                .start();
    }

    PostgresDatabase database() {
        if (database == null) {
            throw new IllegalStateException("not started");
        }
        return database;
    }

    @Override
    public String facts() throws SQLException {
        return database().facts() + ", for both; at most " + CONNECTIONS + " connections";
    }

    @Override
    public String url(Path folder) {
        return "%s?namespace=%s&poolSize=%s".formatted(database().url(), namespace(folder), CONNECTIONS);
    }

    private static String namespace(Path folder) {
        return folder.getFileName().toString().replace('-', '_').toLowerCase(Locale.ROOT);
    }

    @Override
    public void remove(Path folder) throws SQLException {
        database().execute("DROP SCHEMA IF EXISTS " + namespace(folder) + " CASCADE");
    }

    /** Gives the planner the statistics that a store has after some minutes. */
    @Override
    public void settle(Path folder) throws SQLException {
        database().execute("VACUUM ANALYZE %1$s.events, %1$s.streams".formatted(namespace(folder)));
    }

    @Override
    public List<Baselines> appendBaselines(int batch) {
        if (batch == SINGLE) {
            return List.of(new Baselines("", List.of(raw("inserts", PostgresInserts::new)), OVER_INSERTS));
        }
        return List.of(
                new Baselines("", List.of(raw("COPY", PostgresCopyIn::new)), OVER_COPY),
                new Baselines(", over JDBC", List.of(raw("JDBC batch", PostgresInserts::new)), Goal.NONE));
    }

    private AppendVariant raw(String name, PostgresAppends.Kind kind) {
        return new DriverVariant(name, folder -> new PostgresAppends(database(), namespace(folder), kind));
    }

    @Override
    public Optional<AppendVariant> insertBaseline() {
        return Optional.empty();
    }

    @Override
    public Reader baselineReader(Path folder, EventStore store) throws SQLException {
        return PostgresReader.open(database(), namespace(folder));
    }

    @Override
    public Optional<Dump> baselineDump(Path folder) throws SQLException {
        return Optional.of(new PostgresCopyOut(database(), namespace(folder)));
    }

    @Override
    public boolean groupsCommits() {
        return false;
    }

    @Override
    public void close() throws IOException {
        if (embedded != null) {
            embedded.close();
        }
    }
}

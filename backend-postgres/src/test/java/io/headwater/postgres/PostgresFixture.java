package io.headwater.postgres;

import static org.awaitility.Awaitility.await;

import io.headwater.StoreUrl;
import io.headwater.spi.BackendContext;
import io.headwater.spi.OptionDescriptor;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;

/** A real server for the tests of a module, started when it is first needed, and a schema for each store. */
public final class PostgresFixture {
    private static final AtomicInteger NAMES = new AtomicInteger();

    private PostgresFixture() {}

    /** Ends with the process: the server watches for that itself. */
    private static final class Server {
        static final EmbeddedPostgres ONE = start();

        private static EmbeddedPostgres start() {
            try {
                return EmbeddedPostgres.builder()
                        .setServerConfig("max_prepared_transactions", "5")
                        .start();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** A name for a schema or database that was not used before. */
    static String name() {
        return "test_" + NAMES.incrementAndGet();
    }

    static int port() {
        return Server.ONE.getPort();
    }

    /** The URL of a store that does not exist yet. */
    public static String url() {
        return place().url();
    }

    /** The URL of the store in this schema. */
    static String url(String namespace) {
        return new Place(Server.ONE, namespace).url();
    }

    /** A location for a store that does not exist yet. */
    static Place place() {
        return new Place(Server.ONE, name());
    }

    /** A schema of the server's database. */
    record Place(EmbeddedPostgres server, String namespace) {
        String url() {
            return "postgresql://postgres@localhost:%s/postgres?namespace=%s".formatted(server.getPort(), namespace);
        }

        /** Connections to the database, a new one for each call. */
        DataSource source() {
            return server.getPostgresDatabase();
        }

        PostgresStore store() {
            return PostgresStore.on(source()).namespace(namespace);
        }
    }

    /** As a store is opened with this URL, and all defaults. */
    static BackendContext context(String url) {
        return new Defaults(StoreUrl.parse(url), Clock.systemUTC());
    }

    private record Defaults(StoreUrl url, Clock clock) implements BackendContext {
        @Override
        public <T> T option(OptionDescriptor<T> option) {
            return option.defaultValue();
        }
    }

    /** A connection of its own, with the server's defaults. */
    static Connection connect() throws SQLException {
        return Server.ONE.getPostgresDatabase().getConnection();
    }

    static void execute(String... statements) throws SQLException {
        executeIn("postgres", statements);
    }

    static void executeIn(String database, String... statements) throws SQLException {
        try (Connection connection =
                        Server.ONE.getDatabase("postgres", database).getConnection();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    /** Waits until a statement like this one waits for a lock, and returns the process that runs it. */
    static int awaitWaiting(String like) {
        return await().until(
                        () -> processes("wait_event_type = 'Lock' AND query LIKE '%s'".formatted(like)),
                        found -> !found.isEmpty())
                .get(0);
    }

    /** The server's processes for connections of which this holds in {@code pg_stat_activity}. */
    static List<Integer> processes(String condition) throws SQLException {
        return texts("SELECT pid FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND " + condition).stream()
                .map(Integer::valueOf)
                .toList();
    }

    /** The first column of what a query finds. */
    static List<String> texts(String query) throws SQLException {
        return texts(Server.ONE.getPostgresDatabase(), query);
    }

    static List<String> texts(DataSource source, String query) throws SQLException {
        List<String> found = new ArrayList<>();
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                found.add(rows.getString(1));
            }
        }
        return found;
    }
}

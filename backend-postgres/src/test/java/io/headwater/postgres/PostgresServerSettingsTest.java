package io.headwater.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headwater.AppendRequest;
import io.headwater.ConfigurationException;
import io.headwater.EventData;
import io.headwater.EventStore;
import io.headwater.EventStores;
import io.headwater.ExpectedVersion;
import io.headwater.LogQuery;
import io.headwater.StoreUnavailable;
import io.headwater.StreamId;
import io.headwater.spi.CheckpointStore;
import io.headwater.spi.CheckpointStore.Lease;
import io.headwater.tck.rule.Concurrently;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.ds.PGSimpleDataSource;

/** Settings of a server, database or user that would break what the store promises. */
class PostgresServerSettingsTest {
    private static final int WRITERS = 8;
    private static final int APPENDS = 20;

    private static String databaseWith(String setting) throws Exception {
        String database = PostgresFixture.name();
        PostgresFixture.execute("CREATE DATABASE " + database, "ALTER DATABASE " + database + " SET " + setting);
        return "postgresql://postgres@localhost:%s/%s".formatted(PostgresFixture.port(), database);
    }

    @ParameterizedTest
    @ValueSource(strings = {"repeatable read", "serializable"})
    void another_isolation_level_makes_no_difference(String level) throws Exception {
        StreamId stream = StreamId.of("shared", "1");
        try (EventStore store =
                EventStores.open(databaseWith("default_transaction_isolation = '%s'".formatted(level)))) {
            Concurrently.times(WRITERS, writer -> () -> {
                for (int i = 0; i < APPENDS; i++) {
                    store.append(stream, ExpectedVersion.any(), EventData.json("Appended", "{}"));
                    assertThat(store.log(LogQuery.all())).doesNotContainNull();
                }
                return writer;
            });
            assertThat(store.version(stream)).isEqualTo(WRITERS * APPENDS);
            assertThat(store.log(LogQuery.all())).hasSize(WRITERS * APPENDS);
        }
    }

    @Test
    void a_pool_of_the_application_with_another_isolation_level_is_refused() throws Exception {
        PGSimpleDataSource pool = new PGSimpleDataSource();
        pool.setUrl("jdbc:"
                + databaseWith("default_transaction_isolation = 'repeatable read'")
                        .replace("postgres@", ""));
        pool.setUser("postgres");
        assertThatThrownBy(() -> PostgresStore.on(pool).open())
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("READ COMMITTED");
    }

    @Test
    void an_append_that_may_not_wait_for_another_one_can_be_made_again() throws Exception {
        String namespace = PostgresFixture.name();
        String role = PostgresFixture.name();
        PostgresFixture.execute(
                "CREATE ROLE %s LOGIN SUPERUSER".formatted(role),
                "ALTER ROLE %s SET lock_timeout = '10ms'".formatted(role));
        StreamId stream = StreamId.of("held", "1");
        try (EventStore store = EventStores.open(PostgresFixture.url(namespace).replace("postgres@", role + "@"));
                OpenAppend held =
                        OpenAppend.of(PostgresFixture.connect(), namespace, stream.value(), UUID.randomUUID())) {
            EventData event = EventData.json("Appended", "{}");
            assertThatThrownBy(() -> store.append(stream, ExpectedVersion.any(), event))
                    .isInstanceOf(StoreUnavailable.class);
            held.commit();
            assertThat(store.append(stream, ExpectedVersion.any(), event).version())
                    .isEqualTo(2);
        }
    }

    /** Else readers have seen it, and its position is given again. */
    @Test
    void what_was_acknowledged_or_read_outlives_the_server(@TempDir Path folder) throws Exception {
        StreamId stream = StreamId.of("order", "1");
        try (TestServer server = TestServer.start(folder)) {
            server.execute(
                    "ALTER DATABASE postgres SET synchronous_commit = off",
                    "ALTER SYSTEM SET wal_writer_delay = '10s'",
                    "SELECT pg_reload_conf()");
            long version = 0;
            try (EventStore store = EventStores.open(server.url("listen=off"))) {
                while (version < APPENDS) {
                    version = store.append(stream, ExpectedVersion.any(), EventData.json("Appended", "{}"))
                            .version();
                }
                try (Connection own = server.connect()) {
                    own.setAutoCommit(false);
                    AppendRequest request =
                            AppendRequest.to(stream, ExpectedVersion.any(), EventData.json("Appended", "{}"));
                    store.facet(PostgresTransactions.class).orElseThrow().append(own, request);
                    own.commit();
                }
                server.kill();
            }
            server.startAgain();
            try (EventStore store = EventStores.open(server.url("listen=off"))) {
                assertThat(store.version(stream)).isEqualTo(version + 1);
            }
        }
    }

    /** Else its number is given again, and two hold the lease. */
    @Test
    void a_lease_outlives_the_server(@TempDir Path folder) throws Exception {
        try (TestServer server = TestServer.start(folder)) {
            server.execute(
                    "ALTER DATABASE postgres SET synchronous_commit = off",
                    "ALTER SYSTEM SET wal_writer_delay = '10s'",
                    "SELECT pg_reload_conf()");
            Lease first = null;
            try (EventStore store = EventStores.open(server.url("listen=off"))) {
                for (int i = 0; i < APPENDS; i++) {
                    first = acquire(store, "first");
                }
                server.kill();
            }
            server.startAgain();
            try (EventStore store = EventStores.open(server.url("listen=off"))) {
                assertThat(acquire(store, "first").epoch()).isGreaterThan(first.epoch());
            }
        }
    }

    private static Lease acquire(EventStore store, String owner) {
        return store.facet(CheckpointStore.class)
                .orElseThrow()
                .acquire("leased", owner, Duration.ofMinutes(1))
                .orElseThrow();
    }

    /** A client that is paused between two statements holds back the log: the server ends it. */
    @Test
    void a_client_that_hangs_holds_the_log_back_for_a_limited_time() throws Exception {
        String namespace = PostgresFixture.name();
        Connections connections = Connections.of(PostgresFixture.context(PostgresFixture.url(namespace)));
        try (Database database = new Database(connections, new Namespace(namespace))) {
            String limit = database.read(
                    session -> session.only(row -> row.getString(1), "SHOW idle_in_transaction_session_timeout"));
            assertThat(limit).isEqualTo("30s");
        }
    }
}

package io.headwater.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.headwater.AppendOutcomeUnknown;
import io.headwater.ConfigurationException;
import io.headwater.Diagnostics;
import io.headwater.EventData;
import io.headwater.EventStore;
import io.headwater.EventStoreConfig;
import io.headwater.EventStores;
import io.headwater.ExpectedVersion;
import io.headwater.IncompatibleStore;
import io.headwater.LogQuery;
import io.headwater.Position;
import io.headwater.StoreMissing;
import io.headwater.StoreSchema;
import io.headwater.StoreUnavailable;
import io.headwater.StreamId;
import io.headwater.spi.Positions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What users get wrong, and what they are told. */
class PostgresErrorsTest {
    private final PostgresFixture.Place place = PostgresFixture.place();

    private void run(String... statements) throws SQLException {
        try (Connection connection = place.source().getConnection();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql.replace("${schema}", place.namespace()));
            }
        }
    }

    private String url(String user, String database) {
        return "postgresql://%s@localhost:%s/%s?namespace=%s"
                .formatted(user, place.server().getPort(), database, place.namespace());
    }

    private static void opened(String url) {
        EventStores.open(url).close();
    }

    /** Passwords are asked of this user only; all others are trusted. */
    @Test
    void a_wrong_password_is_refused_at_once_and_not_shown() throws SQLException, IOException {
        String user = place.namespace();
        run("CREATE ROLE " + user + " LOGIN PASSWORD 'right'");
        askForPasswords(user);
        assertThatThrownBy(() -> opened(url(user + ":hunter2", "postgres")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("refuses the user or password")
                .message()
                .doesNotContain("hunter2");
        assertThatThrownBy(() -> opened(url(user, "postgres"))).isInstanceOf(ConfigurationException.class);
        assertThatThrownBy(() -> opened(url(user, "postgres") + "&password=hunter2"))
                .message()
                .doesNotContain("hunter2");
    }

    private void askForPasswords(String user) throws SQLException, IOException {
        try (Connection connection = place.source().getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SHOW hba_file")) {
            row.next();
            Path file = Path.of(row.getString(1));
            Files.writeString(file, "host all %s all scram-sha-256%n%s".formatted(user, Files.readString(file)));
        }
        run("SELECT pg_reload_conf()");
        await().until(() -> {
            try (Connection connection = place.source().getConnection();
                    Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery(
                            "SELECT count(*) FROM pg_hba_file_rules WHERE user_name = ARRAY['" + user + "']")) {
                return row.next() && row.getInt(1) == 1;
            }
        });
    }

    @Test
    void an_unknown_database_is_named_with_the_statement_that_makes_it() {
        assertThatThrownBy(() -> opened(url("postgres", "nowhere")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("\"nowhere\"")
                .hasMessageContaining("CREATE DATABASE");
    }

    @Test
    void a_server_that_is_not_there_is_said_at_once() throws IOException {
        int free;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = socket.getLocalPort();
        }
        assertThatThrownBy(() -> opened("postgresql://postgres@localhost:" + free + "/postgres"))
                .isInstanceOf(StoreUnavailable.class)
                .hasMessageContaining("no connection to localhost:" + free + ": connection refused");
    }

    @Test
    void an_unknown_host_is_named() {
        assertThatThrownBy(() -> opened("postgresql://postgres@nowhere.invalid/postgres"))
                .isInstanceOf(StoreUnavailable.class)
                .hasMessageContaining("no connection to nowhere.invalid:5432: the host is unknown");
    }

    /** The server of the tests has none. */
    @Test
    void tls_that_the_server_does_not_have_is_not_taken_for_a_wrong_password() {
        assertThatThrownBy(() -> opened(place.url() + "&sslmode=require"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("localhost:" + place.server().getPort())
                .hasMessageContaining("sslmode")
                .message()
                .doesNotContain("password");
    }

    @Test
    void an_append_that_waits_for_a_lock_past_the_socket_timeout_names_server_and_reason() throws SQLException {
        try (EventStore store = EventStores.open(place.url() + "&listen=off&socketTimeout=1s");
                OpenAppend held =
                        OpenAppend.of(place.source().getConnection(), place.namespace(), "a-1", UUID.randomUUID())) {
            assertThat(held.version()).isEqualTo(1);
            assertThatThrownBy(() -> store.append(StreamId.of("a-1"), ExpectedVersion.any(), EventData.json("A", "{}")))
                    .isInstanceOf(AppendOutcomeUnknown.class)
                    .hasMessageContaining("localhost:" + place.server().getPort())
                    .hasMessageContaining("socketTimeout")
                    .message()
                    .doesNotContain("\n");
        }
    }

    /** It belongs to no process, and holds the log back until it is ended by hand. */
    @Test
    void a_prepared_transaction_that_holds_back_the_log_is_named() throws SQLException {
        try (EventStore store = EventStores.open(place.url() + "&listen=off");
                Connection own = place.source().getConnection()) {
            OpenAppend held = OpenAppend.of(own, place.namespace(), "a-1", UUID.randomUUID());
            try (Statement statement = own.createStatement()) {
                statement.execute("PREPARE TRANSACTION 'forgotten'");
            }
            try {
                assertThat(store.facet(Diagnostics.class).orElseThrow().describe())
                        .containsEntry("appends under way", "1")
                        .hasEntrySatisfying(
                                "holds back the log (1)",
                                text -> assertThat(text).startsWith("prepared transaction 'forgotten'"));
            } finally {
                run("COMMIT PREPARED 'forgotten'");
            }
            assertThat(store.head()).isEqualTo(Positions.of(held.position()));
        }
    }

    /** The pool logs what it is thrown. */
    @Test
    void the_pool_is_given_a_line_to_log_and_no_stack_trace() {
        ServerSource source =
                ServerAddress.source(PostgresFixture.context("postgresql://postgres@nowhere.invalid/postgres"));
        assertThatThrownBy(source::getConnection)
                .isInstanceOf(SQLException.class)
                .hasMessage("nowhere.invalid:5432: the host is unknown")
                .hasNoCause()
                .satisfies(thrown -> assertThat(thrown.getStackTrace()).isEmpty());
    }

    @Test
    void who_may_not_make_a_schema_is_told_what_to_grant() throws SQLException {
        String user = place.namespace();
        run("CREATE ROLE " + user + " LOGIN");
        assertThatThrownBy(() -> opened(url(user, "postgres")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("GRANT CREATE ON DATABASE postgres TO");
    }

    @Test
    void who_may_not_use_the_tables_is_told_what_to_grant() throws SQLException {
        opened(place.url());
        String user = place.namespace();
        run("CREATE ROLE " + user + " LOGIN");
        assertThatThrownBy(() -> opened(url(user, "postgres")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("GRANT USAGE ON SCHEMA " + place.namespace());
    }

    @Test
    void the_privileges_that_the_page_names_are_enough() throws SQLException {
        opened(place.url());
        String user = place.namespace();
        run(
                "CREATE ROLE " + user + " LOGIN",
                "GRANT USAGE ON SCHEMA ${schema} TO " + user,
                "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA ${schema} TO " + user,
                "GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA ${schema} TO " + user);
        try (EventStore store = EventStores.open(url(user, "postgres") + "&schema=validate")) {
            store.append(StreamId.of("a-1"), ExpectedVersion.any(), EventData.json("A", "{}"));
            assertThat(store.log(LogQuery.all())).hasSize(1);
        }
    }

    @Test
    void a_schema_without_tables_is_missing_when_it_is_only_validated() {
        assertThatThrownBy(() -> opened(place.url() + "&schema=validate"))
                .isInstanceOf(StoreMissing.class)
                .hasMessageContaining(place.namespace())
                .hasMessageContaining("headwater schema apply");
    }

    @Test
    void a_schema_with_other_tables_is_left_alone() throws SQLException {
        run("CREATE SCHEMA ${schema}", "CREATE TABLE ${schema}.events (id integer)");
        assertThatThrownBy(() -> opened(place.url()))
                .isInstanceOf(IncompatibleStore.class)
                .hasMessageContaining("holds other tables");
    }

    @Test
    void a_newer_schema_is_refused_with_both_versions() throws SQLException {
        opened(place.url());
        run("INSERT INTO ${schema}.migrations (version, file, checksum) VALUES (99, 'V099', 'x')");
        assertThatThrownBy(() -> opened(place.url()))
                .isInstanceOf(IncompatibleStore.class)
                .hasMessageContaining("is at version 99")
                .hasMessageContaining("knows up to " + Migration.ALL.size());
    }

    @Test
    void a_schema_that_another_script_made_is_refused() throws SQLException {
        opened(place.url());
        run("UPDATE ${schema}.migrations SET checksum = 'x' WHERE version = 2");
        assertThatThrownBy(() -> opened(place.url()))
                .isInstanceOf(IncompatibleStore.class)
                .hasMessageContaining("V002");
    }

    @Test
    void an_older_schema_is_brought_up_or_refused_as_asked() throws SQLException {
        StoreSchema schema =
                EventStores.schema(EventStoreConfig.of(place.url())).orElseThrow();
        assertThat(schema.missing()).hasSize(Migration.ALL.size());
        assertThat(schema.apply()).hasSize(Migration.ALL.size());
        assertThat(schema.apply()).isEmpty();
        assertThat(schema.missing()).isEmpty();
        opened(place.url() + "&schema=validate");
    }

    @Test
    void the_script_makes_what_opening_makes() throws SQLException {
        String script = EventStores.schema(EventStoreConfig.of(place.url()))
                .orElseThrow()
                .script();
        run(script);
        try (EventStore store = EventStores.open(place.url() + "&schema=validate")) {
            assertThat(store.storeId()).isNotEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'CockroachDB CCL v25.1.0 (x86_64-pc-linux-gnu)', 130000, CockroachDB",
        "'PostgreSQL 15.2-YB-2025.1.0.0-b0 on x86_64', 150002, -YB-",
        "'PostgreSQL 14.24 on x86_64', 140024, 15 or newer"
    })
    void servers_on_which_the_contract_cannot_be_kept_are_refused(String product, int version, String said) {
        assertThatThrownBy(() -> new PostgresServer(product, version, false, "UTF8", "read committed").check())
                .isInstanceOf(IncompatibleStore.class)
                .hasMessageContaining(said);
    }

    @Test
    void a_standby_and_a_database_of_another_encoding_are_refused() {
        String product = "PostgreSQL 18.6";
        assertThatThrownBy(() -> new PostgresServer(product, 180_006, true, "UTF8", "read committed").check())
                .isInstanceOf(StoreUnavailable.class)
                .hasMessageContaining("primary");
        assertThatThrownBy(() -> new PostgresServer(product, 180_006, false, "LATIN1", "read committed").check())
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("ENCODING 'UTF8'");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "postgresql://localhost",
                "postgresql://localhost/",
                "postgresql://localhost/a/b",
                "postgresql://localhost:99999/a",
                "postgresql://local host:x/a",
                "postgresql://u@localhost/a?user=v",
                "postgresql://localhost/a?namespace=a%22b",
                "postgresql://localhost/a?namespace=1a",
                "postgresql://localhost/a?sslmode=sometimes",
                "postgresql://localhost/a?poolSize=0",
                "postgresql://%zz@localhost/a"
            })
    void urls_and_options_that_mean_nothing_are_refused(String url) {
        Throwable thrown = catchThrowable(() -> opened(url));
        assertThat(thrown).isInstanceOf(ConfigurationException.class);
    }

    @Test
    void several_hosts_are_tried_until_one_answers() {
        String url = "postgresql://postgres@localhost:1,localhost:%s/postgres?namespace=%s"
                .formatted(place.server().getPort(), place.namespace());
        try (EventStore store = EventStores.open(url)) {
            assertThat(store.head()).isEqualTo(Position.START);
        }
    }
}

package io.headwater.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.headwater.AppendResult;
import io.headwater.EventData;
import io.headwater.EventStore;
import io.headwater.EventStores;
import io.headwater.ExpectedVersion;
import io.headwater.IncompatibleStore;
import io.headwater.LogQuery;
import io.headwater.Position;
import io.headwater.RecordedEvent;
import io.headwater.StreamId;
import io.headwater.Subscription;
import io.headwater.SubscriptionOptions;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.PGConnection;

/** A store that is taken to another server goes on there. Its rows and sequences are copied, as a dump and its restore do. */
class PostgresCopyTest {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final StreamId STREAM = StreamId.of("order", "1");
    private static final List<String> TABLES = List.of(
            "store",
            "streams",
            "emptied",
            "events",
            "time_marks",
            "snapshots",
            "subscriptions",
            "checkpoints",
            "records");
    private static final List<String> SEQUENCES = List.of("tickets", "streams_stream_key_seq");

    private final String namespace = PostgresFixture.name();
    private final List<UUID> handled = Collections.synchronizedList(new ArrayList<>());

    @Test
    void appends_and_subscriptions_go_on_in_a_copy_that_was_taken_beside_an_open_append(@TempDir Path folder)
            throws Exception {
        EventData repeated = EventData.json("Appended", "{}");
        AppendResult original;
        try (EventStore store = EventStores.open(PostgresFixture.url(namespace));
                TestServer server = TestServer.start(folder)) {
            append(store, 10);
            handleAll(store);
            try (OpenAppend held = OpenAppend.of(PostgresFixture.connect(), namespace, "held-1", UUID.randomUUID())) {
                original = store.append(STREAM, ExpectedVersion.exactly(10), repeated);
                append(store, 5);
                String url = server.url("namespace=" + namespace);
                EventStores.open(url).close();
                copy(server);
                held.commit();
                assertThatThrownBy(() -> EventStores.open(url + "&schema=validate"))
                        .isInstanceOf(IncompatibleStore.class)
                        .hasMessageContaining("open it once with schema=create");
                try (EventStore copy = EventStores.open(url)) {
                    assertThat(copy.storeId()).isEqualTo(store.storeId());
                    AppendResult again = copy.append(STREAM, ExpectedVersion.exactly(10), repeated);
                    assertThat(again.replayed()).isTrue();
                    assertThat(again.position()).isEqualTo(original.position());
                    Position last = copy.head();
                    assertThat(append(copy, 5)).isGreaterThan(last);
                    handleAll(copy);
                    assertThat(copy.version(STREAM)).isEqualTo(21);
                    assertThat(copy.log(LogQuery.all()).map(RecordedEvent::id)).containsExactlyElementsOf(handled);
                    assertThat(copy.subscriptions().audit("copied").findings()).isEmpty();
                }
            }
        }
    }

    private static Position append(EventStore store, int count) {
        Position last = Position.START;
        for (int i = 0; i < count; i++) {
            last = store.append(STREAM, ExpectedVersion.any(), EventData.json("Appended", "{}"))
                    .position();
        }
        return last;
    }

    private void handleAll(EventStore store) {
        try (Subscription subscription =
                store.subscribe(SubscriptionOptions.durable("copied").audited(), event -> handled.add(event.id()))) {
            await().atMost(PATIENCE).until(() -> subscription.position().equals(store.head()));
        }
    }

    private void copy(TestServer server) throws Exception {
        try (Connection from = PostgresFixture.connect();
                Connection to = server.connect()) {
            from.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            from.setAutoCommit(false);
            to.setAutoCommit(false);
            execute(to, "DELETE FROM %s.store".formatted(namespace));
            for (String table : TABLES) {
                copyTable(namespace + "." + table, from, to);
            }
            for (String sequence : SEQUENCES) {
                copySequence(namespace + "." + sequence, from, to);
            }
            to.commit();
        }
    }

    private static void copyTable(String table, Connection from, Connection to) throws Exception {
        ByteArrayOutputStream rows = new ByteArrayOutputStream();
        from.unwrap(PGConnection.class).getCopyAPI().copyOut("COPY %s TO STDOUT".formatted(table), rows);
        to.unwrap(PGConnection.class)
                .getCopyAPI()
                .copyIn("COPY %s FROM STDIN".formatted(table), new ByteArrayInputStream(rows.toByteArray()));
    }

    private static void copySequence(String sequence, Connection from, Connection to) throws SQLException {
        try (Statement statement = from.createStatement();
                var row = statement.executeQuery("SELECT last_value FROM " + sequence)) {
            row.next();
            execute(to, "SELECT setval('%s', %s)".formatted(sequence, row.getLong(1)));
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}

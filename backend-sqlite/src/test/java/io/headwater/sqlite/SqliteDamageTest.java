package io.headwater.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headwater.BackendFailure;
import io.headwater.EventData;
import io.headwater.EventStore;
import io.headwater.EventStores;
import io.headwater.ExpectedVersion;
import io.headwater.LogQuery;
import io.headwater.Payload;
import io.headwater.RecordedEvent;
import io.headwater.Snapshot;
import io.headwater.SnapshotStore;
import io.headwater.StreamCatalog;
import io.headwater.StreamId;
import io.headwater.spi.CheckpointStore;
import io.headwater.spi.Positions;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A stored value that no request could have stored is damage, and never the fault of the caller. */
class SqliteDamageTest {
    private static final StreamId ORDER = StreamId.of("order", "1");

    @TempDir
    Path folder;

    private EventStore store;

    @BeforeEach
    void open() {
        store = EventStores.open(SqliteFixture.url(folder));
        store.append(ORDER, ExpectedVersion.any(), EventData.json("Placed", "{}"));
        store.facet(SnapshotStore.class).orElseThrow().save(new Snapshot(ORDER, "total", 1, Payload.json("{}")));
        store.facet(CheckpointStore.class).orElseThrow().reset("billing", Positions.of(1));
    }

    @AfterEach
    void close() {
        store.close();
    }

    private void assertDamage(String sql, String what, Consumer<EventStore> call) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:" + SqliteFixture.url(folder));
                Statement statement = connection.createStatement()) {
            assertThat(statement.executeUpdate(sql)).isEqualTo(1);
        }
        assertThatThrownBy(() -> call.accept(store))
                .isInstanceOf(BackendFailure.class)
                .hasMessageContaining("damaged")
                .hasMessageContaining(what);
    }

    private void assertDamagedEvent(String column, String value, String what) throws SQLException {
        assertDamage("UPDATE events SET %s = %s".formatted(column, value), what, opened -> opened.readStream(ORDER));
        assertThatThrownBy(() -> store.readLog(LogQuery.all()))
                .isInstanceOf(BackendFailure.class)
                .hasMessageContaining(what);
    }

    /** No request could have stored it, but another tool may have (A6). */
    @Test
    void an_id_of_zeros_is_none_and_is_read_as_it_is() throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:" + SqliteFixture.url(folder));
                Statement statement = connection.createStatement()) {
            assertThat(statement.executeUpdate("UPDATE events SET event_id = zeroblob(16)"))
                    .isEqualTo(1);
        }
        UUID nil = new UUID(0, 0);
        assertThat(store.readStream(ORDER).events())
                .extracting(RecordedEvent::id)
                .containsExactly(nil);
        assertThat(store.readLog(LogQuery.all()).events())
                .extracting(RecordedEvent::id)
                .containsExactly(nil);
    }

    @Test
    void the_id_of_an_event() throws SQLException {
        assertDamagedEvent("event_id", "x'0102'", "event at position 1");
        assertDamagedEvent("event_id", "x'0102030405060708090a0b0c0d0e0f1011'", "an id has 17 bytes");
    }

    @Test
    void the_content_type_of_an_event() throws SQLException {
        assertDamagedEvent("content", "7", "a content type is 7");
    }

    @Test
    void the_version_of_an_event() throws SQLException {
        assertDamage("UPDATE events SET version = -1", "event at position 1", opened -> opened.readLog(LogQuery.all()));
    }

    @Test
    void the_position_of_an_event() throws SQLException {
        assertDamage("UPDATE events SET position = -3", "position -3", opened -> opened.readStream(ORDER));
    }

    @Test
    void the_name_of_a_stream() throws SQLException {
        assertDamage(
                "UPDATE streams SET name = char(7)",
                "control character",
                opened -> opened.facet(StreamCatalog.class).orElseThrow().streams("", Optional.empty(), 10));
        assertThatThrownBy(() -> store.readLog(LogQuery.all()))
                .isInstanceOf(BackendFailure.class)
                .hasMessageContaining("event at position 1");
    }

    @Test
    void the_appends_that_a_stream_remembers() throws SQLException {
        assertDamage(
                "UPDATE streams SET recent = x'010203'",
                "3 bytes",
                opened -> opened.append(ORDER, ExpectedVersion.any(), EventData.json("Paid", "{}")));
        assertThat(store.version(ORDER)).isEqualTo(1);
    }

    @Test
    void a_checkpoint() throws SQLException {
        assertDamage(
                "UPDATE checkpoints SET position = -1",
                "position -1",
                opened -> opened.facet(CheckpointStore.class).orElseThrow().load("billing"));
    }

    @Test
    void a_snapshot() throws SQLException {
        assertDamage(
                "UPDATE snapshots SET content = 9",
                "a content type is 9",
                opened -> opened.facet(SnapshotStore.class).orElseThrow().load(ORDER, "total"));
    }
}

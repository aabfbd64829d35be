package io.headwater.postgres;

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
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A stored value that no request could have stored is damage, and never the fault of the caller. */
class PostgresDamageTest {
    private static final StreamId ORDER = StreamId.of("order", "1");

    private final String namespace = PostgresFixture.name();
    private final EventStore store = EventStores.open(PostgresFixture.url(namespace));

    @BeforeEach
    void append() {
        store.append(ORDER, ExpectedVersion.any(), EventData.json("Placed", "{}"));
        store.facet(SnapshotStore.class).orElseThrow().save(new Snapshot(ORDER, "total", 1, Payload.json("{}")));
        store.facet(CheckpointStore.class).orElseThrow().reset("billing", Positions.of(1));
    }

    @AfterEach
    void close() {
        store.close();
    }

    /** Triggers would refuse it: events are never changed. */
    private void assertDamage(String table, String change, String what, Consumer<EventStore> call) throws Exception {
        PostgresFixture.execute(
                "SET session_replication_role = replica; UPDATE %s.%s SET %s".formatted(namespace, table, change));
        try (EventStore opened = EventStores.open(PostgresFixture.url(namespace))) {
            assertThatThrownBy(() -> call.accept(opened))
                    .isInstanceOf(BackendFailure.class)
                    .hasMessageContaining("damaged")
                    .hasMessageContaining(what);
        }
    }

    /** No request could have stored it, but another tool may have (A6). */
    @Test
    void an_id_of_zeros_is_none_and_is_read_as_it_is() throws Exception {
        PostgresFixture.execute("SET session_replication_role = replica; UPDATE %s.events SET event_id = '%s'"
                .formatted(namespace, new UUID(0, 0)));
        try (EventStore opened = EventStores.open(PostgresFixture.url(namespace))) {
            assertThat(opened.readStream(ORDER).events())
                    .extracting(RecordedEvent::id)
                    .containsExactly(new UUID(0, 0));
            assertThat(opened.readLog(LogQuery.all()).events())
                    .extracting(RecordedEvent::id)
                    .containsExactly(new UUID(0, 0));
        }
    }

    @Test
    void the_content_type_of_an_event() throws Exception {
        assertDamage("events", "content = 7", "a content type is 7", opened -> opened.readStream(ORDER));
        assertDamage("events", "content = 8", "a content type is 8", opened -> opened.readLog(LogQuery.all()));
    }

    @Test
    void the_version_of_an_event() throws Exception {
        assertDamage("events", "version = -1", "version", opened -> opened.readLog(LogQuery.all()));
    }

    @Test
    void the_name_of_a_stream() throws Exception {
        assertDamage(
                "streams",
                "name = chr(7)",
                "control character",
                opened -> opened.facet(StreamCatalog.class).orElseThrow().streams("", Optional.empty(), 10));
        assertThatThrownBy(() -> {
                    try (EventStore opened = EventStores.open(PostgresFixture.url(namespace))) {
                        opened.readLog(LogQuery.all());
                    }
                })
                .isInstanceOf(BackendFailure.class)
                .hasMessageContaining("control character");
    }

    @Test
    void a_checkpoint() throws Exception {
        assertDamage(
                "checkpoints",
                "position = -1",
                "position -1",
                opened -> opened.facet(CheckpointStore.class).orElseThrow().load("billing"));
    }

    @Test
    void a_snapshot() throws Exception {
        assertDamage(
                "snapshots",
                "content = 9",
                "a content type is 9",
                opened -> opened.facet(SnapshotStore.class).orElseThrow().load(ORDER, "total"));
    }
}

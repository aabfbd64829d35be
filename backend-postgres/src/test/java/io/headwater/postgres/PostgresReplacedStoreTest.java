package io.headwater.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.headwater.AppendRequest;
import io.headwater.BackendFailure;
import io.headwater.BulkImport;
import io.headwater.Capability;
import io.headwater.Diagnostics;
import io.headwater.EventData;
import io.headwater.EventStore;
import io.headwater.EventStoreConfig;
import io.headwater.EventStores;
import io.headwater.ExpectedVersion;
import io.headwater.LogQuery;
import io.headwater.Payload;
import io.headwater.Position;
import io.headwater.RecordedEvent;
import io.headwater.Scavenger;
import io.headwater.Snapshot;
import io.headwater.SnapshotStore;
import io.headwater.StreamAdmin;
import io.headwater.StreamCatalog;
import io.headwater.StreamId;
import io.headwater.Subscription;
import io.headwater.SubscriptionOptions;
import io.headwater.SubscriptionState;
import io.headwater.spi.CheckpointStore;
import io.headwater.spi.CheckpointStore.Lease;
import io.headwater.spi.Positions;
import io.headwater.spi.RecordChange;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The schema of an open store is dropped and made anew, so that another store lies there: nothing of the two is mixed. */
class PostgresReplacedStoreTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final StreamId ORDER = StreamId.of("order-1");
    private static final Lease LEASE = new Lease("projection", "owner", 1);

    private String namespace;
    private EventStore store;

    @BeforeEach
    void open() {
        namespace = PostgresFixture.name();
        store = EventStores.open(PostgresFixture.url(namespace));
    }

    @AfterEach
    void close() {
        store.close();
    }

    private static EventData event() {
        return EventData.json("Happened", "{}");
    }

    private static AppendRequest to(String stream, ExpectedVersion expected, int events) {
        return AppendRequest.to(
                StreamId.of(stream),
                expected,
                Stream.generate(PostgresReplacedStoreTest::event).limit(events).toList());
    }

    private void replace() throws SQLException {
        PostgresFixture.execute("DROP SCHEMA %s CASCADE".formatted(namespace));
        EventStores.schema(EventStoreConfig.of(PostgresFixture.url(namespace)))
                .orElseThrow()
                .apply();
    }

    /** Each call of a store, by name. Every one goes through statements that were prepared before. */
    private static Map<String, Consumer<EventStore>> calls() {
        Map<String, Consumer<EventStore>> calls = new LinkedHashMap<>();
        calls.put("append at any version", store -> store.append(to("customer-7", ExpectedVersion.any(), 1)));
        calls.put("append several events", store -> store.append(to("customer-7", ExpectedVersion.any(), 3)));
        calls.put("append to no stream", store -> store.tryAppend(to("customer-8", ExpectedVersion.noStream(), 1)));
        calls.put("append at version 0", store -> store.tryAppend(to("customer-9", ExpectedVersion.exactly(0), 2)));
        calls.put(
                "append to a stream that exists",
                store -> store.tryAppend(to("order-1", ExpectedVersion.streamExists(), 1)));
        calls.put(
                "append to several streams",
                store -> store.append(AppendRequest.to(StreamId.of("customer-7"), ExpectedVersion.any(), event())
                        .and(StreamId.of("customer-8"), ExpectedVersion.any(), event())));
        calls.put(
                "bulk import",
                store -> facet(store, BulkImport.class).appendAll(List.of(to("customer-7", ExpectedVersion.any(), 1))));
        calls.put("append in a transaction of the application", PostgresReplacedStoreTest::appendInTransaction);
        calls.put("checkpoint in a transaction of the application", PostgresReplacedStoreTest::advanceInTransaction);
        calls.put("read a stream", store -> store.readStream(ORDER));
        calls.put("read the log", store -> store.readLog(LogQuery.all()));
        calls.put(
                "read the log backwards", store -> store.readLog(LogQuery.all().backwards()));
        calls.put("read by type", store -> store.readLog(LogQuery.all().types("Happened")));
        calls.put("head", EventStore::head);
        calls.put("last decided", EventStore::lastDecided);
        calls.put("position at a time", store -> store.positionAt(Instant.EPOCH));
        calls.put("delete", store -> facet(store, StreamAdmin.class).delete(ORDER, ExpectedVersion.any()));
        calls.put("truncate", store -> facet(store, StreamAdmin.class).truncateBefore(ORDER, 1));
        calls.put(
                "tombstone",
                store -> facet(store, StreamAdmin.class)
                        .tombstone(StreamId.of("order-" + PostgresFixture.name()), ExpectedVersion.any()));
        calls.put("scavenge", store -> facet(store, Scavenger.class).scavenge());
        calls.put(
                "save a snapshot",
                store -> facet(store, SnapshotStore.class).save(new Snapshot(ORDER, "state", 1, Payload.json("{}"))));
        calls.put("load a snapshot", store -> facet(store, SnapshotStore.class).load(ORDER, "state"));
        calls.put(
                "delete a snapshot", store -> facet(store, SnapshotStore.class).delete(ORDER, "state"));
        calls.put("list streams", store -> facet(store, StreamCatalog.class).streams("", Optional.empty(), 10));
        calls.put("list categories", store -> facet(store, StreamCatalog.class).categories());
        calls.put("diagnostics", store -> facet(store, Diagnostics.class).describe());
        checkpointCalls()
                .forEach((name, call) -> calls.put(name, store -> call.accept(facet(store, CheckpointStore.class))));
        return calls;
    }

    private static Map<String, Consumer<CheckpointStore>> checkpointCalls() {
        Map<String, Consumer<CheckpointStore>> calls = new LinkedHashMap<>();
        calls.put("acquire a lease", all -> all.acquire("projection", "owner", PATIENCE));
        calls.put("renew a lease", all -> all.renew(LEASE, PATIENCE));
        calls.put("save a checkpoint", all -> all.save(LEASE, 0, Position.START));
        calls.put(
                "change records under a lease", all -> all.change(LEASE, List.of(RecordChange.remove("kind", "key"))));
        calls.put("change records", all -> all.change("projection", List.of(RecordChange.remove("kind", "key"))));
        calls.put("list records", all -> all.records("projection", "kind", "", 10));
        calls.put("load checkpoints", all -> all.load("projection"));
        calls.put("list checkpoints", CheckpointStore::list);
        calls.put("list holders", CheckpointStore::holders);
        calls.put("reset", all -> all.reset("projection", Position.START));
        calls.put("forget", all -> all.forget("projection"));
        calls.put("release a lease", all -> all.release(LEASE));
        return calls;
    }

    private static <T> T facet(EventStore store, Class<T> type) {
        return store.facet(type).orElseThrow();
    }

    private static void inTransaction(EventStore store, boolean append) {
        PostgresTransactions transactions = facet(store, PostgresTransactions.class);
        try (Connection connection = PostgresFixture.connect()) {
            connection.setAutoCommit(false);
            if (append) {
                transactions.append(connection, to("customer-7", ExpectedVersion.any(), 1));
            } else {
                transactions.advance(connection, "projection", Positions.of(1));
            }
            connection.commit();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void appendInTransaction(EventStore store) {
        inTransaction(store, true);
    }

    private static void advanceInTransaction(EventStore store) {
        inTransaction(store, false);
    }

    @TestFactory
    Stream<DynamicTest> every_call_of_the_store_that_was_opened_is_refused() {
        return calls().entrySet().stream().map(call -> dynamicTest(call.getKey(), () -> isRefused(call.getValue())));
    }

    private void isRefused(Consumer<EventStore> call) throws Exception {
        String own = PostgresFixture.name();
        try (EventStore opened = EventStores.open(PostgresFixture.url(own) + "&poolSize=1&listen=off")) {
            opened.append(to("order-1", ExpectedVersion.any(), 1));
            for (int prepared = 0; prepared < 2; prepared++) {
                call.accept(opened);
            }
            namespace = own;
            replace();
            assertThatThrownBy(() -> call.accept(opened))
                    .isInstanceOf(BackendFailure.class)
                    .hasMessageContaining("another store")
                    .hasMessageContaining("open it again");
        }
        try (EventStore fresh = EventStores.open(PostgresFixture.url(own))) {
            assertThat(fresh.log(LogQuery.all())).isEmpty();
            assertThat(facet(fresh, CheckpointStore.class).list()).isEmpty();
            assertThat(facet(fresh, StreamCatalog.class).streams("", Optional.empty(), 10))
                    .isEmpty();
        }
    }

    /** It may look while the schema is dropped and not yet made anew. */
    @Test
    void a_subscription_ends_and_says_why() throws Exception {
        Position last =
                store.append(to("order-1", ExpectedVersion.any(), 1)).get(0).position();
        try (Subscription subscription = store.subscribe(SubscriptionOptions.durable("projection"), event -> {})) {
            assertThat(subscription.awaitPosition(last, PATIENCE)).isTrue();
            replace();
            await().atMost(PATIENCE).until(() -> subscription.state() == SubscriptionState.FAILED);
            assertThatThrownBy(() ->
                            subscription.completion().toCompletableFuture().join())
                    .isInstanceOf(CompletionException.class)
                    .cause()
                    .isInstanceOf(BackendFailure.class)
                    .message()
                    .containsAnyOf("another store", "are missing");
        }
    }

    @Test
    void a_store_that_is_opened_again_shows_the_new_one() throws Exception {
        store.append(to("order-1", ExpectedVersion.any(), 1));
        assertThat(store.log(LogQuery.all())).hasSize(1);
        String former = store.storeId();
        replace();
        try (EventStore again = EventStores.open(PostgresFixture.url(namespace))) {
            again.append(to("customer-7", ExpectedVersion.any(), 1));
            assertThat(again.log(LogQuery.all()).map(RecordedEvent::stream)).containsExactly(StreamId.of("customer-7"));
            assertThat(again.storeId()).isNotEqualTo(former);
        }
    }

    /** What was there before the relation that names the store gets it, and keeps its id and its events. */
    @Test
    void a_store_of_an_earlier_version_is_brought_up_to_date() throws Exception {
        Position last =
                store.append(to("order-1", ExpectedVersion.any(), 1)).get(0).position();
        PostgresFixture.execute(
                "DROP VIEW %s.\"store_%s\"".formatted(namespace, store.storeId()),
                "DROP TABLE %s.stream_changes".formatted(namespace),
                "ALTER TABLE %s.events DROP COLUMN append_begins".formatted(namespace),
                "DROP FUNCTION %s.note_hidden_v1 CASCADE".formatted(namespace),
                "DROP FUNCTION %s.bound_stream_v1".formatted(namespace),
                "DROP FUNCTION %s.head_v2".formatted(namespace),
                "DELETE FROM %s.migrations WHERE version > 5".formatted(namespace));
        try (EventStore again = EventStores.open(PostgresFixture.url(namespace))) {
            assertThat(again.storeId()).isEqualTo(store.storeId());
            assertThat(again.head()).isEqualTo(last);
            assertThat(again.capabilities().supports(Capability.STREAM_ADMIN)).isTrue();
        }
    }
}

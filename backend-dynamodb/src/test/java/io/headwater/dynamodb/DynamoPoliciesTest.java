package io.headwater.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import io.headwater.AppendRequest;
import io.headwater.ConfigurationException;
import io.headwater.Diagnostics;
import io.headwater.EventData;
import io.headwater.EventStore;
import io.headwater.EventStoreConfig;
import io.headwater.EventStores;
import io.headwater.ExpectedVersion;
import io.headwater.FailurePolicy;
import io.headwater.LogQuery;
import io.headwater.Payload;
import io.headwater.Position;
import io.headwater.Scavenger;
import io.headwater.Snapshot;
import io.headwater.SnapshotStore;
import io.headwater.StoreSchema;
import io.headwater.StoreVerifier;
import io.headwater.StreamAdmin;
import io.headwater.StreamCatalog;
import io.headwater.StreamId;
import io.headwater.Subscription;
import io.headwater.SubscriptionOptions;
import io.headwater.dynamodb.server.DynamoServer;
import io.headwater.dynamodb.server.Fault;
import io.headwater.dynamodb.server.Policy;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The policies that the documentation gives have what each role calls, and no more. */
class DynamoPoliciesTest {
    private static final Path POLICIES = Path.of("..", "docs", "backends", "dynamodb");
    private static final String STORE = "orders";
    private static final StreamId STREAM = StreamId.of("order-1");

    private final DynamoServer server = DynamoServer.start();

    @AfterEach
    void stop() {
        server.close();
    }

    private String url() {
        return "dynamodb://events/%s?requestTimeout=30s&tags=team=shop&endpoint=%s".formatted(STORE, server.endpoint());
    }

    /** From now on the server allows only what this policy does. */
    private Policy under(String file) {
        Policy policy = Policy.read(POLICIES.resolve(file), STORE);
        server.faults().clear().add(Fault.ACCESS_DENIED, 1, call -> !policy.allows(call));
        return policy;
    }

    private static Set<String> needed(Policy first, Policy second) {
        Set<String> needed = new TreeSet<>(first.needed());
        needed.addAll(second.needed());
        return needed;
    }

    private StoreSchema schema() {
        return EventStores.schema(EventStoreConfig.of(url())).orElseThrow();
    }

    @Test
    void an_administrator_makes_checks_and_removes_a_store() {
        Policy making = under("admin.json");
        schema().apply();
        assertThat(schema().missing()).isEmpty();
        server.faults().clear();
        fill();
        Policy removing = under("admin.json");
        try (EventStore store = EventStores.openReadOnly(url())) {
            store.facet(StoreVerifier.class).orElseThrow().verify(problem -> fail(problem.toString()));
        }
        schema().removal().orElseThrow().remove();

        assertThat(needed(making, removing)).isEqualTo(removing.actions());
    }

    @Test
    void a_writer_does_all_that_applications_do() {
        schema().apply();
        Policy policy = under("writer.json");

        try (EventStore store = EventStores.open(url() + "&schema=validate")) {
            append(store);
            administer(store);
            subscribe(store);
            read(store);
        }

        assertThat(policy.needed()).isEqualTo(policy.actions());
    }

    private static EventData event() {
        return EventData.binary("happened", new byte[2000]);
    }

    private static void append(EventStore store) {
        store.append(STREAM, ExpectedVersion.noStream(), event());
        store.append(STREAM, ExpectedVersion.any(), event());
        store.append(AppendRequest.to(StreamId.of("order-2"), ExpectedVersion.any(), event())
                .check(STREAM, ExpectedVersion.exactly(2)));
        AppendRequest large = AppendRequest.to(StreamId.of("many-0"), ExpectedVersion.noStream(), event());
        for (int i = 1; i < 33; i++) {
            large = large.and(
                    StreamId.of("many-" + i), ExpectedVersion.noStream(), EventData.binary("large", new byte[100_000]));
        }
        store.append(large);
    }

    private static void administer(EventStore store) {
        StreamAdmin admin = store.facet(StreamAdmin.class).orElseThrow();
        admin.truncateBefore(STREAM, 2);
        admin.delete(StreamId.of("order-2"), ExpectedVersion.any());
        store.facet(Scavenger.class).orElseThrow().scavenge();
        store.facet(SnapshotStore.class)
                .orElseThrow()
                .save(new Snapshot(STREAM, "total", 2, Payload.binary(new byte[10])));
    }

    private static void subscribe(EventStore store) {
        SubscriptionOptions options = SubscriptionOptions.durable("billing").onFailure(FailurePolicy.park());
        try (Subscription subscription = store.subscribe(options, event -> {
            throw new IllegalStateException("parked");
        })) {
            assertThat(subscription.awaitPosition(store.head(), Duration.ofMinutes(1)))
                    .isTrue();
        }
        store.subscriptions().reset("billing", Position.START);
        store.subscriptions().forget("billing");
    }

    private static void read(EventStore store) {
        assertThat(store.readLog(LogQuery.all()).events()).isNotEmpty();
        assertThat(store.readStream(STREAM).events()).isNotEmpty();
        assertThat(store.facet(StreamCatalog.class).orElseThrow().streams("", Optional.empty(), 100))
                .isNotEmpty();
        assertThat(store.facet(Diagnostics.class).orElseThrow().describe()).isNotEmpty();
        store.positionAt(Instant.EPOCH);
    }

    @Test
    void a_reader_reads_and_fills_holes() {
        fill();
        takeTicket();
        Policy policy = under("reader.json");

        try (EventStore store = EventStores.openReadOnly(url())) {
            read(store);
            Awaitility.await()
                    .untilAsserted(() -> assertThat(diagnosed(store)).doesNotContainKey("holds back the log"));
        }

        assertThat(policy.needed()).isEqualTo(policy.actions());
    }

    @Test
    void a_reader_that_may_not_fill_holes_says_what_it_waits_for() {
        fill();
        takeTicket();
        Policy policy = under("reader-without-holes.json");

        try (EventStore store = EventStores.openReadOnly(url())) {
            read(store);
            assertThat(diagnosed(store))
                    .hasEntrySatisfying(
                            "holds back the log", waits -> assertThat(waits).startsWith("ticket "));
        }

        assertThat(policy.needed()).isEqualTo(policy.actions());
    }

    @Test
    void what_is_denied_is_named() {
        schema().apply();
        Policy reader = under("reader.json");

        try (EventStore store = EventStores.open(url() + "&schema=validate")) {
            assertThatThrownBy(() -> store.append(STREAM, ExpectedVersion.exactly(0), event()))
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageContaining("dynamodb:UpdateItem on table 'events' is denied");
        }
        assertThat(reader.needed()).doesNotContain("dynamodb:UpdateItem");
    }

    private void fill() {
        schema().apply();
        try (EventStore store = EventStores.open(url())) {
            append(store);
        }
    }

    /** As a writer that ends before its transaction. */
    private void takeTicket() {
        try (Table table = DynamoClients.table(DynamoFixture.context(url()), new StoreAddress("events", STORE))) {
            new Tickets(table, new Keys(STORE), Clock.systemUTC()).take();
        }
    }

    private static Map<String, String> diagnosed(EventStore store) {
        return store.facet(Diagnostics.class).orElseThrow().describe();
    }

    @Test
    void roles_differ_in_what_they_may_do() {
        Set<String> writer = Policy.read(POLICIES.resolve("writer.json"), STORE).actions();
        Set<String> reader = Policy.read(POLICIES.resolve("reader.json"), STORE).actions();

        assertThat(writer).containsAll(reader).doesNotContain("dynamodb:CreateTable", "dynamodb:Scan");
    }
}

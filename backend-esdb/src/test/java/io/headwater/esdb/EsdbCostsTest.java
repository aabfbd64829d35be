package io.headwater.esdb;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.headwater.EventData;
import io.headwater.EventStore;
import io.headwater.EventStores;
import io.headwater.ExpectedVersion;
import io.headwater.LogQuery;
import io.headwater.Payload;
import io.headwater.Position;
import io.headwater.Snapshot;
import io.headwater.SnapshotStore;
import io.headwater.StreamAdmin;
import io.headwater.StreamCatalog;
import io.headwater.StreamId;
import io.headwater.esdb.server.EsdbServer;
import io.headwater.esdb.server.Profile;
import io.headwater.spi.CheckpointStore;
import io.headwater.spi.CheckpointStore.Lease;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The calls that operations cost. Calls that are made at the same time count one by one. */
class EsdbCostsTest {
    private static final StreamId STREAM = StreamId.of("order-1");
    private static final Duration TERM = Duration.ofMinutes(1);

    private final EsdbServer server = EsdbServer.start(Profile.V24);
    private final CallCounter counter = new CallCounter();
    private final ManagedChannel channel = NettyChannelBuilder.forTarget(server.authority())
            .usePlaintext()
            .intercept(counter)
            .build();
    private final EventStore store = EsdbStore.on(channel).open();

    @BeforeEach
    void write() {
        append(STREAM, ExpectedVersion.noStream());
        append(STREAM, ExpectedVersion.exactly(1));
    }

    @AfterEach
    void close() {
        store.close();
        channel.shutdownNow();
        server.close();
    }

    private void append(StreamId stream, ExpectedVersion expected) {
        store.append(stream, expected, EventData.json("Placed", "{}"));
    }

    @Test
    void a_page_is_one_call_and_a_filter_one_more() {
        assertThat(counter.of(() -> store.readStream(STREAM))).isEqualTo(1);
        assertThat(counter.of(store::head)).isEqualTo(1);
        assertThat(counter.of(() -> store.readLog(LogQuery.all()))).isEqualTo(1);
        assertThat(counter.of(() -> store.readLog(LogQuery.all().types("Placed"))))
                .isEqualTo(2);
        Position head = store.head();
        assertThat(counter.of(() -> store.readLog(LogQuery.all().after(head)))).isEqualTo(1);
        assertThat(counter.of(() -> store.readLog(LogQuery.all().types("Placed").after(head))))
                .isEqualTo(1);
    }

    @Test
    void a_category_without_links_asks_for_them_once_in_a_while() {
        assertThat(counter.of(() -> store.readLog(LogQuery.category("order")))).isEqualTo(3);
        assertThat(counter.of(() -> store.readLog(LogQuery.category("order")))).isEqualTo(2);
    }

    @Test
    void administration_looks_at_the_stream_and_its_metadata_at_once() {
        StreamAdmin admin = store.facet(StreamAdmin.class).orElseThrow();
        assertThat(counter.of(() -> admin.truncateBefore(STREAM, 2))).isEqualTo(3);
        assertThat(counter.of(() -> admin.delete(STREAM, ExpectedVersion.any())))
                .isEqualTo(3);
        assertThat(counter.of(() -> admin.delete(STREAM, ExpectedVersion.any())))
                .isEqualTo(2);
        append(STREAM, ExpectedVersion.any());
        assertThat(counter.of(() -> admin.tombstone(STREAM, ExpectedVersion.any())))
                .isEqualTo(2);
    }

    @Test
    void a_change_of_a_subscription_is_one_call() {
        CheckpointStore checkpoints = store.facet(CheckpointStore.class).orElseThrow();
        Position head = store.head();
        assertThat(counter.of(() -> checkpoints.acquire("billing", "a", TERM))).isEqualTo(4);
        Lease lease = checkpoints.holder("billing").orElseThrow().lease();
        assertThat(counter.of(() -> checkpoints.renew(lease, TERM))).isEqualTo(1);
        assertThat(counter.of(() -> checkpoints.save(lease, 0, head))).isEqualTo(1);
        assertThat(counter.of(() -> checkpoints.load("billing"))).isEqualTo(1);
        assertThat(counter.of(() -> checkpoints.release(lease))).isEqualTo(1);
        assertThat(counter.of(() -> checkpoints.acquire("billing", "b", TERM)))
                .as("a journal that was read")
                .isEqualTo(1);
        checkpoints.release(checkpoints.holder("billing").orElseThrow().lease());
        try (EventStore next = EsdbStore.on(channel).open()) {
            CheckpointStore others = next.facet(CheckpointStore.class).orElseThrow();
            assertThat(counter.of(() -> others.acquire("billing", "c", TERM)))
                    .as("a name that is known")
                    .isEqualTo(2);
        }
    }

    @Test
    void a_new_connection_is_asked_what_it_leads_to() {
        assertThat(counter.of(store::head)).isEqualTo(1);
        server.restart();
        assertThat(counter.of(() -> store.readStream(STREAM))).isBetween(1 + 2, 2 + 2);
    }

    @Test
    void of_many_subscriptions_those_that_have_not_changed_are_not_read_again() {
        CheckpointStore checkpoints = store.facet(CheckpointStore.class).orElseThrow();
        for (int i = 0; i < 10; i++) {
            checkpoints.acquire("billing-" + i, "a", TERM);
        }
        assertThat(counter.of(checkpoints::holders)).isEqualTo(12);
        assertThat(counter.of(checkpoints::holders)).isEqualTo(2);
        Lease lease = checkpoints.holder("billing-7").orElseThrow().lease();
        try (EventStore other = EventStores.open(EsdbFixture.url(server))) {
            other.facet(CheckpointStore.class).orElseThrow().release(lease);
        }
        assertThat(checkpoints.holders()).hasSize(9);
        append(STREAM, ExpectedVersion.any());
        assertThat(counter.of(checkpoints::holders)).isEqualTo(2);
        for (int i = 0; i < 500; i++) {
            append(STREAM, ExpectedVersion.any());
        }
        assertThat(counter.of(checkpoints::holders)).isEqualTo(13);
    }

    @Test
    void a_snapshot_is_read_before_it_is_replaced() {
        SnapshotStore snapshots = store.facet(SnapshotStore.class).orElseThrow();
        assertThat(counter.of(() -> snapshots.save(snapshot(1)))).isEqualTo(3);
        assertThat(counter.of(() -> snapshots.save(snapshot(2)))).isEqualTo(2);
        assertThat(counter.of(() -> snapshots.save(snapshot(2)))).isEqualTo(1);
        assertThat(counter.of(() -> snapshots.load(STREAM, "totals"))).isEqualTo(1);
        assertThat(counter.of(() -> snapshots.delete(STREAM, "totals"))).isEqualTo(2);
    }

    private static Snapshot snapshot(long version) {
        return new Snapshot(STREAM, "totals", version, Payload.json("{}"));
    }

    @Test
    void the_catalog_reads_only_what_is_new() {
        StreamCatalog catalog = store.facet(StreamCatalog.class).orElseThrow();
        for (int i = 0; i < 4_000; i++) {
            append(StreamId.of("invoice-" + i % 10), ExpectedVersion.any());
        }
        assertThat(counter.of(() -> catalog.streams("", Optional.empty(), 10))).isEqualTo(2);
        append(STREAM, ExpectedVersion.any());
        assertThat(counter.of(() -> catalog.streams("", Optional.empty(), 10))).isEqualTo(1);
        assertThat(counter.of(catalog::categories)).isEqualTo(1);
    }
}

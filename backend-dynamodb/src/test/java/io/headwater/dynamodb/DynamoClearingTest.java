package io.headwater.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.headwater.EventStore;
import io.headwater.EventStoreConfig;
import io.headwater.EventStores;
import io.headwater.Metadata;
import io.headwater.Position;
import io.headwater.StoreUrl;
import io.headwater.dynamodb.server.DynamoServer;
import io.headwater.dynamodb.server.Fault;
import io.headwater.spi.CheckpointStore;
import io.headwater.spi.CheckpointStore.Checkpoint;
import io.headwater.spi.CheckpointStore.Lease;
import io.headwater.spi.Positions;
import io.headwater.spi.RecordChange;
import io.headwater.spi.SubscriptionRecord;
import io.headwater.tck.process.JavaStoreProcess;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Resets and forgets of a subscription with many records, by a process that is killed meanwhile. */
class DynamoClearingTest {
    private static final String NAME = "mail";
    private static final String KIND = "note";
    private static final int RECORDS = 10_000;
    private static final Duration TERM = Duration.ofMinutes(1);
    private static final Position HERE = Positions.of(7);
    private static final Position THERE = Positions.of(3);

    private final DynamoServer server = DynamoServer.start();
    private final String url = DynamoFixture.url(server.endpoint().toString());
    private EventStore store;
    private CheckpointStore checkpoints;

    @BeforeEach
    void fill() {
        store = EventStores.open(url);
        checkpoints = store.facet(CheckpointStore.class).orElseThrow();
        Lease lease = checkpoints.acquire(NAME, "owner", TERM).orElseThrow();
        checkpoints.save(lease, 0, HERE);
        checkpoints.save(lease, 5, HERE);
        for (int first = 0; first < RECORDS; first += SubscriptionRecord.MAX_CHANGES) {
            checkpoints.change(
                    lease,
                    IntStream.range(first, Math.min(RECORDS, first + SubscriptionRecord.MAX_CHANGES))
                            .mapToObj(i -> RecordChange.put(KIND, "key-" + i, Metadata.of(Map.of("n", "" + i))))
                            .toList());
        }
    }

    @AfterEach
    void close() {
        store.close();
        server.close();
    }

    /** Kills a process that does this, when it has made this many requests of a kind, each of which takes some time. */
    private void killDuring(Consumer<CheckpointStore> work, String operation, int requests, Fault fault) {
        AtomicInteger made = new AtomicInteger();
        server.faults()
                .maxDelay(Duration.ofMillis(50))
                .add(fault, 1, call -> call.is(operation) && made.incrementAndGet() > 0);
        JavaStoreProcess killed = JavaStoreProcess.start(EventStoreConfig.of(url));
        CheckpointStore there = killed.store().facet(CheckpointStore.class).orElseThrow();
        CompletableFuture<Void> done = CompletableFuture.runAsync(() -> work.accept(there));
        await().atMost(Duration.ofMinutes(1)).until(() -> made.get() >= requests);
        killed.kill();
        assertThat(done).failsWithin(Duration.ofSeconds(10));
        server.faults().clear();
    }

    private int records() {
        return checkpoints.records(NAME, KIND, "", RECORDS + 1).size();
    }

    /** The records that are in the table, whether they count or not. */
    private int stored() {
        StoreAddress address = StoreAddress.of(StoreUrl.parse(url));
        try (DynamoDbClient client = DynamoClients.client(DynamoFixture.context(url));
                Table table = new Table(client, () -> {}, address.table())) {
            return table.query(address.keys().records(NAME, KIND, 0)).all().size();
        }
    }

    private void isRemovedByTheNextHolder() {
        assertThat(stored()).isBetween(1, RECORDS - 1);
        assertThat(checkpoints.acquire(NAME, "another", TERM)).isPresent();
        assertThat(stored()).isZero();
    }

    @Test
    void a_reset_that_is_killed_while_it_removes_records_is_complete() {
        killDuring(there -> there.reset(NAME, THERE), "BatchWriteItem", 3, Fault.SLOW);

        assertThat(checkpoints.load(NAME))
                .extracting(Checkpoint::partition, Checkpoint::position)
                .containsExactly(tuple(0, THERE));
        assertThat(records()).isZero();
        isRemovedByTheNextHolder();
    }

    @Test
    void a_forget_that_is_killed_while_it_removes_records_is_complete() {
        killDuring(there -> there.forget(NAME), "BatchWriteItem", 3, Fault.SLOW);

        assertThat(checkpoints.load(NAME)).isEmpty();
        assertThat(records()).isZero();
        isRemovedByTheNextHolder();
    }

    @Test
    void a_reset_that_is_killed_before_its_transaction_changes_nothing() {
        killDuring(there -> there.reset(NAME, THERE), "TransactWriteItems", 1, Fault.LOST_REQUEST);

        isUnchanged();
    }

    @Test
    void a_forget_that_is_killed_before_its_write_changes_nothing() {
        killDuring(there -> there.forget(NAME), "PutItem", 1, Fault.LOST_REQUEST);

        isUnchanged();
    }

    private void isUnchanged() {
        assertThat(checkpoints.load(NAME))
                .extracting(Checkpoint::partition, Checkpoint::position)
                .containsExactly(tuple(0, HERE), tuple(5, HERE));
        assertThat(records()).isEqualTo(RECORDS);
        assertThat(checkpoints.holder(NAME)).isPresent();
    }
}

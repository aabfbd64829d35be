package io.headwater.verification.engine;

import static io.headwater.ExpectedVersion.any;
import static io.headwater.verification.engine.Lanes.streamBeside;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.headwater.EventData;
import io.headwater.EventStore;
import io.headwater.EventStores;
import io.headwater.FailurePolicy;
import io.headwater.LogQuery;
import io.headwater.Position;
import io.headwater.RecordedEvent;
import io.headwater.StreamId;
import io.headwater.Subscription;
import io.headwater.SubscriptionOptions;
import io.headwater.memory.MemoryFixture;
import io.headwater.spi.Backend;
import io.headwater.spi.CheckpointStore;
import io.headwater.spi.Positions;
import io.headwater.spi.SubscriptionRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/**
 * A durable subscription whose handler fails at some events and goes on with other streams, and that is closed before the
 * checkpoint has passed what it handled.
 */
abstract class OutOfOrderAcksScenario {
    static final Duration PATIENCE = Duration.ofSeconds(30);
    static final String STUCK = "stuck-1";
    static final String OTHER = streamBeside(STUCK);
    static final FailurePolicy RETRYING =
            FailurePolicy.retryForever().backOff(Duration.ofMinutes(1), Duration.ofMinutes(1));
    static final SubscriptionOptions OPTIONS = SubscriptionOptions.durable("d")
            .audited()
            .parallelism(2)
            .checkpointEvery(1_000_000, Duration.ofDays(1))
            .leaseTerm(Duration.ofSeconds(1))
            .onFailure(RETRYING);

    final String name = UUID.randomUUID().toString();
    final Outage outage = new Outage();
    final List<RecordedEvent> handled = Collections.synchronizedList(new ArrayList<>());
    final Set<Long> broken = ConcurrentHashMap.newKeySet();
    final AtomicInteger failures = new AtomicInteger();
    EventStore store;
    CheckpointStore checkpoints;

    @BeforeEach
    void open() {
        Backend backend = MemoryFixture.open(name);
        store = EventStores.over("memory", outage.over(backend));
        checkpoints = store.facet(CheckpointStore.class).orElseThrow();
    }

    @AfterEach
    void close() {
        outage.end();
        store.close();
    }

    void append(String stream, int count) {
        for (int i = 0; i < count; i++) {
            store.append(StreamId.of(stream), any(), EventData.json("T" + i % 2, "{}"));
        }
    }

    void handle(RecordedEvent event) {
        if (broken.contains(Positions.number(event.position()))) {
            failures.incrementAndGet();
            throw new IllegalStateException("no");
        }
        handled.add(event);
    }

    Subscription open(SubscriptionOptions options) {
        return store.subscribe(options, this::handle);
    }

    /** Fails at these positions, and is closed after it handled this many further events, and failed. */
    void runStuck(SubscriptionOptions options, int more, long... positions) {
        for (long position : positions) {
            broken.add(position);
        }
        failures.set(0);
        int until = handled.size() + more;
        Subscription subscription = open(options);
        await().atMost(PATIENCE).until(() -> failures.get() > 0 && handled.size() == until);
        subscription.close();
        broken.clear();
    }

    void runToTheEnd(SubscriptionOptions options) {
        Subscription subscription = open(options);
        assertThat(subscription.awaitPosition(store.head(), PATIENCE)).isTrue();
        subscription.close();
    }

    Position checkpoint() {
        return store.subscriptions().find("d").orElseThrow().position();
    }

    List<SubscriptionRecord> records() {
        return checkpoints.records("d", "ahead", "", 1000);
    }

    void assertEachIsHandledOnceAndInOrder() {
        assertThat(handled)
                .doesNotHaveDuplicates()
                .containsExactlyInAnyOrderElementsOf(store.log(LogQuery.all()).toList());
        Map<StreamId, Long> last = new HashMap<>();
        for (RecordedEvent event : handled) {
            assertThat(event.version()).isEqualTo(last.getOrDefault(event.stream(), 0L) + 1);
            last.put(event.stream(), event.version());
        }
        assertAuditIsClean(handled.size(), 0);
        assertThat(records()).isEmpty();
    }

    void assertAuditIsClean(long all, long skipped) {
        assertThat(store.subscriptions().audit("d").findings()).isEmpty();
        assertThat(store.subscriptions().audit("d").handled()).isEqualTo(all);
        assertThat(store.subscriptions().audit("d").skipped()).isEqualTo(skipped);
    }
}

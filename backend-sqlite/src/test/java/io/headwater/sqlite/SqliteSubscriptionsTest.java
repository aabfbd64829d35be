package io.headwater.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.headwater.EventData;
import io.headwater.EventStore;
import io.headwater.EventStores;
import io.headwater.ExpectedVersion;
import io.headwater.LogQuery;
import io.headwater.Position;
import io.headwater.RecordedEvent;
import io.headwater.StreamId;
import io.headwater.Subscription;
import io.headwater.SubscriptionOptions;
import io.headwater.SubscriptionState;
import io.headwater.spi.CheckpointStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Subscriptions over a file that several stores have open, as several processes would. */
class SqliteSubscriptionsTest {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final SubscriptionOptions OPTIONS =
            SubscriptionOptions.durable("d").audited().leaseTerm(Duration.ofSeconds(1));

    private final List<RecordedEvent> seen = Collections.synchronizedList(new ArrayList<>());

    @TempDir
    Path folder;

    private EventStore open() {
        return EventStores.open(SqliteFixture.url(folder));
    }

    private static void append(EventStore store, int count) {
        for (int i = 0; i < count; i++) {
            store.append(StreamId.of("order-" + i % 3), ExpectedVersion.any(), EventData.json("Placed", "{}"));
        }
    }

    private static List<RecordedEvent> log(EventStore store) {
        return store.log(LogQuery.all()).toList();
    }

    @Test
    void what_another_store_of_the_file_appends_is_handled() {
        try (EventStore here = open();
                EventStore there = open()) {
            Subscription subscription = here.subscribe(SubscriptionOptions.ephemeral(), seen::add);
            assertThat(subscription.awaitLive(PATIENCE)).isTrue();
            append(there, 50);
            assertThat(subscription.awaitPosition(there.head(), PATIENCE)).isTrue();
            assertThat(seen).isEqualTo(log(there));
        }
    }

    @Test
    void closing_the_store_saves_the_checkpoint_and_another_opening_goes_on() {
        for (int round = 0; round < 3; round++) {
            try (EventStore store = open()) {
                append(store, 40);
                Subscription subscription = store.subscribe(OPTIONS.parallelism(2), seen::add);
                assertThat(subscription.awaitPosition(store.head(), PATIENCE)).isTrue();
            }
        }
        try (EventStore store = open()) {
            assertThat(seen).hasSize(120).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(log(store));
            assertThat(store.subscriptions().audit("d").findings()).isEmpty();
            assertThat(store.subscriptions().audit("d").handled()).isEqualTo(120);
        }
    }

    @Test
    void one_that_lost_its_lease_stands_by_and_what_it_had_not_saved_is_handled_by_the_other() {
        try (EventStore store = open();
                EventStore other = open()) {
            Subscription subscription = store.subscribe(OPTIONS, seen::add);
            append(store, 30);
            assertThat(subscription.awaitPosition(store.head(), PATIENCE)).isTrue();
            CheckpointStore checkpoints = other.facet(CheckpointStore.class).orElseThrow();
            CheckpointStore.Lease thief =
                    steal(other, checkpoints, log(other).get(9).position());
            await().atMost(PATIENCE).until(() -> subscription.state() == SubscriptionState.STANDBY);
            int before = seen.size();
            append(other, 5);
            checkpoints.release(thief);
            assertThat(subscription.awaitPosition(other.head(), PATIENCE)).isTrue();
            assertThat(seen.subList(before, seen.size())).isEqualTo(log(other).subList(10, 35));
        }
    }

    /** The holder may take its lease back between the reset and the theft. */
    private static CheckpointStore.Lease steal(EventStore store, CheckpointStore checkpoints, Position position) {
        return Stream.generate(() -> {
                    store.subscriptions().reset("d", position);
                    return checkpoints.acquire("d", "thief", Duration.ofMinutes(5));
                })
                .flatMap(Optional::stream)
                .findFirst()
                .orElseThrow();
    }
}

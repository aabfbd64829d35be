package io.headwater.verification.engine;

import static io.headwater.ExpectedVersion.any;
import static io.headwater.verification.Proxies.altered;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.headwater.Direction;
import io.headwater.EventData;
import io.headwater.EventStore;
import io.headwater.EventStores;
import io.headwater.LogFilter;
import io.headwater.LogPage;
import io.headwater.Position;
import io.headwater.RecordedEvent;
import io.headwater.StreamId;
import io.headwater.Subscription;
import io.headwater.SubscriptionOptions;
import io.headwater.memory.ForwardingBackend;
import io.headwater.memory.MemoryFixture;
import io.headwater.spi.Backend;
import io.headwater.spi.CheckpointStore;
import io.headwater.spi.CheckpointStore.Lease;
import io.headwater.spi.RecordChange;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a durable subscription does while its checkpoint is saved (K1). */
class SaveInProgressTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int EVENTS = 100;
    private static final int CHECKPOINT = 10;
    private static final int BUFFER = 20;

    /** As many as may be handled again after a crash. */
    private static final int MAX_REPEATED = CHECKPOINT + BUFFER;

    private final CompletableFuture<Void> begun = new CompletableFuture<>();
    private final CompletableFuture<Void> released = new CompletableFuture<>();
    private volatile boolean pagesWaitForSave;
    private final List<RecordedEvent> seen = Collections.synchronizedList(new ArrayList<>());
    private final EventStore store = EventStores.over(
            "memory", holding(MemoryFixture.open(UUID.randomUUID().toString())));
    private final CheckpointStore checkpoints =
            store.facet(CheckpointStore.class).orElseThrow();

    @AfterEach
    void close() {
        released.complete(null);
        store.close();
    }

    /** Holds every save after the first event was handled, until saves are released. */
    private Backend holding(Backend backend) {
        CheckpointStore sound = backend.checkpoints();
        CheckpointStore holding = altered(CheckpointStore.class, sound, "save", args -> {
            if (!seen.isEmpty()) {
                begun.complete(null);
                released.join();
            }
            return save(sound, args);
        });
        return new ForwardingBackend(backend) {
            @Override
            public CheckpointStore checkpoints() {
                return holding;
            }

            @Override
            public LogPage readLog(Position from, Direction direction, LogFilter filter, int limit) {
                if (pagesWaitForSave && direction == Direction.FORWARDS && from.isAfter(Position.START)) {
                    awaitSave();
                }
                return super.readLog(from, direction, filter, limit);
            }
        };
    }

    @SuppressWarnings("unchecked")
    private static Object save(CheckpointStore store, Object[] args) {
        return store.save((Lease) args[0], (int) args[1], (Position) args[2], (List<RecordChange>) args[3]);
    }

    private Subscription subscribe() {
        for (int i = 0; i < EVENTS; i++) {
            store.append(StreamId.of("a-1"), any(), EventData.json("T", "{}"));
        }
        Subscription subscription = store.subscribe(
                SubscriptionOptions.durable("d")
                        .checkpointEvery(CHECKPOINT, Duration.ofDays(1))
                        .buffer(BUFFER)
                        .leaseTerm(Duration.ofSeconds(2)),
                seen::add);
        awaitSave();
        return subscription;
    }

    private void awaitSave() {
        begun.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
    }

    private void areHandled(int events) {
        await().atMost(PATIENCE).until(() -> seen.size() >= events);
    }

    private Position checkpoint() {
        return checkpoints.load("d").get(0).position();
    }

    @Test
    void events_are_handled_meanwhile_but_no_more_than_may_be_handled_again() {
        subscribe();
        areHandled(MAX_REPEATED);
        try (Subscription other = store.subscribe(SubscriptionOptions.ephemeral(), event -> {})) {
            assertThat(other.awaitPosition(store.head(), PATIENCE)).isTrue();
        }
        assertThat(seen).hasSize(MAX_REPEATED);
        assertThat(checkpoint()).isEqualTo(Position.START);
        released.complete(null);
        areHandled(EVENTS);
    }

    @Test
    void it_begins_while_the_next_page_is_read() {
        pagesWaitForSave = true;
        subscribe();
        released.complete(null);
        areHandled(EVENTS);
    }

    @Test
    void closing_waits_for_it_and_saves_what_was_handled_since() {
        Subscription subscription = subscribe();
        areHandled(MAX_REPEATED);
        CompletableFuture<Void> closing = CompletableFuture.runAsync(subscription::close);
        released.complete(null);
        closing.join();
        assertThat(checkpoint()).isEqualTo(seen.get(seen.size() - 1).position());
    }

    /** The result of the save does not affect the lease that was acquired next. */
    @Test
    void a_lease_that_is_lost_meanwhile_is_acquired_again() {
        Subscription subscription = subscribe();
        areHandled(MAX_REPEATED);
        checkpoints.reset("d", Position.START);
        released.complete(null);
        assertThat(subscription.awaitPosition(store.head(), PATIENCE)).isTrue();
        areHandled(MAX_REPEATED + EVENTS);
        assertThat(seen.subList(seen.size() - EVENTS, seen.size()))
                .extracting(RecordedEvent::version)
                .first()
                .isEqualTo(1L);
    }
}

package io.headwater.verification.engine;

import static io.headwater.ExpectedVersion.any;
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
import io.headwater.StoreUnavailable;
import io.headwater.StreamId;
import io.headwater.Subscription;
import io.headwater.SubscriptionListener;
import io.headwater.SubscriptionOptions;
import io.headwater.memory.ForwardingBackend;
import io.headwater.memory.MemoryFixture;
import io.headwater.spi.Backend;
import io.headwater.spi.Positions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a subscription does when the store, or a listener, does what it should not (S5, S7). */
class SubscriptionFaultsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final List<RecordedEvent> seen = Collections.synchronizedList(new ArrayList<>());
    private final AtomicReference<Throwable> atRegistration = new AtomicReference<>();
    private final AtomicReference<Throwable> atRead = new AtomicReference<>();
    private final String name = UUID.randomUUID().toString();
    private final EventStore store = EventStores.over("faulty", new Faulty(MemoryFixture.open(name)));

    /** Fails once when it is told to; it gives no wake-ups, so that subscriptions have to poll. */
    private final class Faulty extends ForwardingBackend {
        Faulty(Backend sound) {
            super(sound);
        }

        @Override
        public AutoCloseable onAppend(Runnable wakeUp) {
            failOnce(atRegistration);
            return () -> {};
        }

        @Override
        public LogPage readLog(Position from, Direction direction, LogFilter filter, int limit) {
            if (filter.isAll()) {
                failOnce(atRead);
            }
            return super.readLog(from, direction, filter, limit);
        }
    }

    private static void failOnce(AtomicReference<Throwable> failure) {
        Throwable now = failure.getAndSet(null);
        if (now instanceof Error error) {
            throw error;
        }
        if (now instanceof RuntimeException exception) {
            throw exception;
        }
    }

    @AfterEach
    void close() {
        store.close();
    }

    private void append() {
        store.append(StreamId.of("a-1"), any(), EventData.json("T", "{}"));
    }

    private void isSeen(int events) {
        await().atMost(PATIENCE).until(() -> seen.size() == events);
    }

    @Test
    void a_store_that_cannot_be_asked_to_tell_of_appends_is_asked_again() {
        atRegistration.set(new StoreUnavailable("no connection to listen on", null));
        store.subscribe(SubscriptionOptions.ephemeral(), seen::add);
        append();
        isSeen(1);
        append();
        isSeen(2);
    }

    /** Only the shared tail reads without a filter here. */
    @Test
    void an_error_while_the_end_of_the_log_is_read_leaves_no_follower_waiting() {
        Subscription subscription =
                store.subscribe(SubscriptionOptions.ephemeral().category("a"), seen::add);
        assertThat(subscription.awaitLive(PATIENCE)).isTrue();
        append();
        isSeen(1);
        atRead.set(new StackOverflowError());
        await().atMost(PATIENCE).until(() -> atRead.get() == null);
        append();
        isSeen(2);
    }

    @Test
    void who_waits_is_told_when_the_position_passes_what_is_not_selected() throws Exception {
        Subscription subscription =
                store.subscribe(SubscriptionOptions.ephemeral().category("other"), seen::add);
        assertThat(subscription.awaitLive(PATIENCE)).isTrue();
        Position next = Positions.of(Positions.number(store.head()) + 1);
        CompletableFuture<Boolean> reached = new CompletableFuture<>();
        Thread waiting = new Thread(() -> reached.complete(subscription.awaitPosition(next, Duration.ofDays(1))));
        waiting.setDaemon(true);
        waiting.start();
        await().until(() -> waiting.getState() == Thread.State.TIMED_WAITING);
        append();
        assertThat(store.head()).isEqualTo(next);
        assertThat(reached.get(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void a_listener_may_close_its_subscription() throws Exception {
        CompletableFuture<Subscription> own = new CompletableFuture<>();
        SubscriptionListener closing = new SubscriptionListener() {
            @Override
            public void caughtUp(Position position) {
                own.join().close();
            }
        };
        own.complete(store.subscribe(
                SubscriptionOptions.ephemeral()
                        .closeTimeout(Duration.ofHours(1))
                        .listener(closing),
                seen::add));
        own.join().completion().toCompletableFuture().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    @Test
    void a_listener_may_close_the_store() throws Exception {
        SubscriptionListener closing = new SubscriptionListener() {
            @Override
            public void caughtUp(Position position) {
                store.close();
            }
        };
        Subscription subscription = store.subscribe(
                SubscriptionOptions.ephemeral()
                        .closeTimeout(Duration.ofHours(1))
                        .listener(closing),
                seen::add);
        subscription.completion().toCompletableFuture().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }
}

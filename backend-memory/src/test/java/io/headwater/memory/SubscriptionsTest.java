package io.headwater.memory;

import static io.headwater.ExpectedVersion.any;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.headwater.EventData;
import io.headwater.EventStore;
import io.headwater.EventStores;
import io.headwater.FailurePolicy;
import io.headwater.InvalidRequest;
import io.headwater.LogFilter;
import io.headwater.LogQuery;
import io.headwater.Position;
import io.headwater.PullSubscription;
import io.headwater.RecordedEvent;
import io.headwater.StreamId;
import io.headwater.Subscription;
import io.headwater.SubscriptionEnded;
import io.headwater.SubscriptionListener;
import io.headwater.SubscriptionOptions;
import io.headwater.SubscriptionState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SubscriptionsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final FailurePolicy QUICK =
            FailurePolicy.retry(1).backOff(Duration.ofMillis(1), Duration.ofMillis(2));

    private final List<RecordedEvent> seen = Collections.synchronizedList(new ArrayList<>());
    private EventStore store;

    @BeforeEach
    void open() {
        store = EventStores.open("memory:" + UUID.randomUUID());
    }

    @AfterEach
    void close() {
        store.close();
    }

    private Position append(String stream, int count) {
        Position last = Position.START;
        for (int i = 0; i < count; i++) {
            last = store.append(StreamId.of(stream), any(), EventData.json("T" + i % 3, "{}"))
                    .position();
        }
        return last;
    }

    private void handled(Subscription subscription) {
        assertThat(subscription.awaitPosition(store.head(), PATIENCE)).isTrue();
    }

    private List<RecordedEvent> log() {
        return store.log(LogQuery.all()).toList();
    }

    @Test
    void history_is_followed_by_what_is_appended_then_without_gap_or_repeat() {
        append("a-1", 2500);
        Subscription subscription = store.subscribe(SubscriptionOptions.ephemeral(), seen::add);
        append("a-2", 2500);
        handled(subscription);
        assertThat(seen).isEqualTo(log());
        assertThat(subscription.awaitLive(PATIENCE)).isTrue();
        append("a-3", 10);
        handled(subscription);
        assertThat(seen).isEqualTo(log());
        assertThat(subscription.lag().isNone()).isTrue();
    }

    @Test
    void a_filtered_subscription_gets_its_events_and_its_position_moves_with_the_others() {
        Subscription subscription = store.subscribe(
                SubscriptionOptions.ephemeral().category("order").types("T1"), seen::add);
        append("order-1", 9);
        append("orders-1", 9);
        handled(subscription);
        assertThat(seen).hasSize(3).allMatch(event -> event.type().equals("T1"));
    }

    /** Told when it happens, not when the time is up: with most of it left, nobody waits for that. */
    @Test
    void waiting_for_a_position_ends_when_only_events_passed_that_are_not_selected() {
        Subscription subscription =
                store.subscribe(SubscriptionOptions.ephemeral().category("order"), seen::add);
        assertThat(subscription.awaitLive(PATIENCE)).isTrue();
        for (int i = 0; i < 20; i++) {
            Position last = append("other-1", 1);
            assertThat(subscription.awaitPosition(last, Duration.ofDays(1))).isTrue();
        }
        assertThat(seen).isEmpty();
    }

    @Test
    void a_single_stream_is_read_from_a_version_on() {
        append("a-1", 30);
        append("a-2", 30);
        Subscription subscription = store.subscribe(
                SubscriptionOptions.ephemeral().stream(StreamId.of("a-1")).afterVersion(10), seen::add);
        append("a-1", 5);
        handled(subscription);
        assertThat(seen).extracting(RecordedEvent::version).first().isEqualTo(11L);
        assertThat(seen).hasSize(25).allMatch(event -> event.stream().equals(StreamId.of("a-1")));
    }

    @Test
    void a_durable_subscription_goes_on_where_it_was_closed() {
        append("a-1", 100);
        Subscription first = store.subscribe(SubscriptionOptions.durable("d").audited(), seen::add);
        handled(first);
        first.close();
        append("a-1", 100);
        Subscription second = store.subscribe(SubscriptionOptions.durable("d").audited(), seen::add);
        handled(second);
        second.close();
        assertThat(seen).isEqualTo(log());
        assertThat(store.subscriptions().audit("d").isClean()).isTrue();
        assertThat(store.subscriptions().audit("d").handled()).isEqualTo(200);
    }

    @Test
    void another_of_the_same_name_stands_by_and_takes_over() {
        append("a-1", 10);
        Subscription first = store.subscribe(SubscriptionOptions.durable("d"), seen::add);
        handled(first);
        Subscription second =
                store.subscribe(SubscriptionOptions.durable("d").leaseTerm(Duration.ofSeconds(1)), seen::add);
        await().until(() -> second.state() == SubscriptionState.STANDBY);
        first.close();
        append("a-1", 10);
        handled(second);
        assertThat(seen).isEqualTo(log());
    }

    @Test
    void the_same_name_with_another_selection_is_refused() {
        append("a-1", 3);
        Subscription first = store.subscribe(SubscriptionOptions.durable("d").category("a"), seen::add);
        handled(first);
        first.close();
        Subscription second = store.subscribe(SubscriptionOptions.durable("d"), seen::add);
        assertThatThrownBy(() -> second.completion().toCompletableFuture().join())
                .hasCauseInstanceOf(InvalidRequest.class)
                .hasMessageContaining("reset");
        assertThat(second.state()).isEqualTo(SubscriptionState.FAILED);
    }

    @Test
    void a_position_beyond_the_head_is_refused() {
        Subscription subscription =
                store.subscribe(SubscriptionOptions.ephemeral().after(Position.of(77)), seen::add);
        assertThatThrownBy(() -> subscription.completion().toCompletableFuture().join())
                .hasCauseInstanceOf(InvalidRequest.class)
                .hasMessageContaining("beyond the head");
    }

    @Test
    void a_handler_that_goes_on_failing_stops_the_subscription_before_the_event() {
        append("a-1", 5);
        Subscription subscription =
                store.subscribe(SubscriptionOptions.durable("d").onFailure(QUICK), event -> {
                    if (event.version() == 4) {
                        throw new IllegalStateException("secret");
                    }
                    seen.add(event);
                });
        assertThatThrownBy(() -> subscription.completion().toCompletableFuture().join())
                .hasCauseInstanceOf(SubscriptionEnded.class)
                .hasMessageContaining("a-1@4")
                .hasMessageContaining("2 times")
                .hasMessageNotContaining("secret");
        assertThat(seen).hasSize(3);
        assertThat(store.subscriptions().find("d").orElseThrow().position()).isEqualTo(Position.of(3));
    }

    @Test
    void parked_events_keep_their_stream_behind_them_until_they_are_replayed() {
        AtomicBoolean broken = new AtomicBoolean(true);
        AtomicInteger parkings = new AtomicInteger();
        SubscriptionListener counting = new SubscriptionListener() {
            @Override
            public void parked(RecordedEvent event, Throwable failure) {
                parkings.incrementAndGet();
            }
        };
        Subscription subscription = store.subscribe(
                SubscriptionOptions.durable("d").listener(counting).onFailure(QUICK.thenPark()), event -> {
                    if (broken.get() && event.stream().value().equals("a-1") && event.version() == 2) {
                        throw new IllegalStateException("no");
                    }
                    seen.add(event);
                });
        append("a-1", 4);
        append("a-2", 2);
        handled(subscription);
        assertThat(seen).hasSize(3);
        assertThat(store.subscriptions().parked("d").toList())
                .extracting(parked -> parked.stream() + "@" + parked.version() + " " + parked.attempts())
                .containsExactly("a-1@2 2", "a-1@3 0", "a-1@4 0");
        store.subscriptions().replay("d");
        await().until(() -> parkings.get() == 2);
        assertThat(store.subscriptions().parked("d")).hasSize(3);
        broken.set(false);
        assertThat(store.subscriptions().replay("d")).isEqualTo(3);
        await().until(() -> seen.size() == 6);
        append("a-1", 1);
        handled(subscription);
        assertThat(seen.stream().filter(event -> event.stream().value().equals("a-1")))
                .extracting(RecordedEvent::version)
                .containsExactly(1L, 2L, 3L, 4L, 5L);
        assertThat(store.subscriptions().parked("d")).isEmpty();
    }

    @Test
    void a_filter_too_large_to_be_kept_is_refused_for_a_durable_subscription() {
        String[] types = new String[LogFilter.MOST_NAMES];
        Arrays.setAll(types, i -> "x".repeat(100) + i);
        assertThatThrownBy(
                        () -> store.subscribe(SubscriptionOptions.durable("d").types(types), seen::add))
                .isInstanceOf(InvalidRequest.class)
                .hasMessageContaining("can be kept with its checkpoint");
        store.subscribe(SubscriptionOptions.ephemeral().types(types), seen::add).close();
    }

    @Test
    void dropping_what_is_parked_sets_its_stream_free() {
        Subscription subscription =
                store.subscribe(SubscriptionOptions.durable("d").onFailure(FailurePolicy.park()), event -> {
                    if (event.version() == 1) {
                        throw new IllegalStateException("no");
                    }
                    seen.add(event);
                });
        append("a-1", 2);
        handled(subscription);
        assertThat(store.subscriptions().drop("d")).isEqualTo(2);
        await().until(() -> {
            append("a-1", 1);
            handled(subscription);
            return !seen.isEmpty();
        });
    }

    @Test
    void a_batch_that_fails_is_taken_apart_so_that_only_the_culprit_is_skipped() {
        append("a-1", 20);
        Subscription subscription = store.subscribeBatches(
                SubscriptionOptions.ephemeral().batchSize(7).onFailure(FailurePolicy.skip()), events -> {
                    if (events.stream().anyMatch(event -> event.version() == 9)) {
                        throw new IllegalStateException("no");
                    }
                    seen.addAll(events);
                });
        handled(subscription);
        assertThat(seen).hasSize(19).noneMatch(event -> event.version() == 9);
    }

    @Test
    void parallel_lanes_keep_the_order_of_each_stream_and_the_position_below_the_first_unfinished() {
        int streams = 20;
        for (int i = 0; i < 50; i++) {
            for (int s = 0; s < streams; s++) {
                append("a-" + s, 1);
            }
        }
        Map<StreamId, Long> last = new ConcurrentHashMap<>();
        CountDownLatch hold = new CountDownLatch(1);
        Subscription subscription =
                store.subscribe(SubscriptionOptions.ephemeral().parallelism(4), event -> {
                    if (event.position().equals(Position.of(5))) {
                        hold.await();
                    }
                    assertThat(last.put(event.stream(), event.version())).isIn(null, event.version() - 1);
                    seen.add(event);
                });
        await().until(() -> seen.size() > 500);
        assertThat(subscription.position()).isLessThanOrEqualTo(Position.of(4));
        hold.countDown();
        handled(subscription);
        assertThat(seen).hasSize(50 * streams).doesNotHaveDuplicates();
    }

    @Test
    void pausing_holds_the_handler_and_resuming_lets_it_go_on() {
        Subscription subscription = store.subscribe(SubscriptionOptions.ephemeral(), seen::add);
        assertThat(subscription.awaitLive(PATIENCE)).isTrue();
        subscription.pause();
        await().until(() -> subscription.state() == SubscriptionState.PAUSED);
        append("a-1", 10);
        assertThat(subscription.awaitPosition(store.head(), Duration.ofMillis(50)))
                .isFalse();
        subscription.resume();
        handled(subscription);
        assertThat(seen).isEqualTo(log());
    }

    @Test
    void closing_from_inside_the_handler_does_not_deadlock_and_is_the_last_call() {
        append("a-1", 100);
        AtomicReference<Subscription> own = new AtomicReference<>();
        CountDownLatch known = new CountDownLatch(1);
        Subscription subscription = store.subscribe(SubscriptionOptions.durable("d"), event -> {
            known.await();
            seen.add(event);
            own.get().close();
        });
        own.set(subscription);
        known.countDown();
        subscription.completion().toCompletableFuture().join();
        assertThat(seen).hasSize(1);
        assertThat(store.subscriptions().find("d").orElseThrow().position()).isEqualTo(Position.of(1));
    }

    @Test
    void closing_the_store_from_inside_the_handler_does_not_deadlock() {
        append("a-1", 100);
        Subscription subscription = store.subscribe(SubscriptionOptions.durable("d"), event -> store.close());
        subscription.completion().toCompletableFuture().join();
        assertThat(subscription.state()).isEqualTo(SubscriptionState.CLOSED);
    }

    @Test
    void pulled_events_come_one_by_one_and_only_acknowledged_ones_are_handled() {
        append("a-1", 5);
        PullSubscription pull = store.pull(SubscriptionOptions.durable("d"));
        assertThat(pull.next(PATIENCE).orElseThrow().version()).isEqualTo(1);
        assertThat(pull.next(PATIENCE).orElseThrow().version()).isEqualTo(2);
        pull.close();
        PullSubscription again = store.pull(SubscriptionOptions.durable("d"));
        assertThat(again.next(PATIENCE).orElseThrow().version()).isEqualTo(2);
        again.acknowledge();
        again.close();
        assertThat(store.subscriptions().find("d").orElseThrow().position()).isEqualTo(Position.of(2));
        assertThatThrownBy(() -> again.next(PATIENCE)).isInstanceOf(SubscriptionEnded.class);
    }

    @Test
    void a_publisher_gives_no_more_than_was_requested() {
        append("a-1", 10);
        AtomicReference<Flow.Subscription> demand = new AtomicReference<>();
        store.publisher(SubscriptionOptions.ephemeral()).subscribe(new Flow.Subscriber<>() {
            @Override
            public void onSubscribe(Flow.Subscription subscription) {
                demand.set(subscription);
                subscription.request(3);
            }

            @Override
            public void onNext(RecordedEvent event) {
                seen.add(event);
            }

            @Override
            public void onError(Throwable failure) {}

            @Override
            public void onComplete() {}
        });
        await().until(() -> seen.size() == 3);
        demand.get().request(Long.MAX_VALUE);
        await().until(() -> seen.size() == 10);
        demand.get().cancel();
        assertThat(seen).isEqualTo(log());
    }

    @Test
    void many_cycles_of_subscribing_and_closing_leave_no_thread_behind() {
        append("a-1", 3);
        for (int i = 0; i < 1000; i++) {
            Subscription subscription = store.subscribe(SubscriptionOptions.durable("d" + i % 10), seen::add);
            assertThat(subscription.awaitLive(PATIENCE)).isTrue();
            subscription.close();
        }
        assertThat(seen).hasSize(30);
        store.close();
        await().until(() -> Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().startsWith("headwater-memory")));
    }

    /** Also when it is closed while a handler fails, or in a pause. */
    @Test
    void under_writers_failures_pauses_and_reopenings_nothing_is_skipped_repeated_or_reordered() throws Exception {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        ExecutorService writers = Executors.newFixedThreadPool(4);
        AtomicInteger running = new AtomicInteger(4);
        for (int w = 0; w < 4; w++) {
            int writer = w;
            writers.execute(() -> {
                for (int i = 0; i < 2000; i++) {
                    append("s-" + (writer * 5 + i % 5), 1);
                }
                running.decrementAndGet();
            });
        }
        Map<StreamId, Long> last = new ConcurrentHashMap<>();
        List<RecordedEvent> outOfOrder = Collections.synchronizedList(new ArrayList<>());
        SubscriptionOptions base =
                SubscriptionOptions.durable("stress").audited().checkpointEvery(20, Duration.ofMillis(5));
        int rounds = 60;
        for (int round = 1; round <= rounds; round++) {
            Duration delay = Duration.ofMillis(1 + random.nextInt(20));
            SubscriptionOptions options = base.parallelism(1 + random.nextInt(4))
                    .buffer(20 + random.nextInt(100))
                    .onFailure(FailurePolicy.retryForever().backOff(delay, delay));
            AtomicInteger calls = new AtomicInteger();
            int some = 1 + random.nextInt(100);
            Subscription subscription = store.subscribe(options, event -> {
                if (calls.incrementAndGet() % 37 == 0) {
                    throw new IllegalStateException("now and then");
                }
                Long before = last.put(event.stream(), event.version());
                if (event.version() != (before == null ? 1 : before + 1)) {
                    outOfOrder.add(event);
                }
                seen.add(event);
            });
            if (round == rounds) {
                await().atMost(PATIENCE).until(() -> running.get() == 0);
                handled(subscription);
            } else {
                await().atMost(PATIENCE)
                        .pollInterval(Duration.ofMillis(1))
                        .until(() -> calls.get() >= some || seen.size() == 8000);
                subscription.pause();
                if (random.nextBoolean()) {
                    subscription.resume();
                }
            }
            subscription.close();
        }
        writers.shutdown();
        assertThat(writers.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
        assertThat(outOfOrder).as("seed %d", seed).isEmpty();
        assertThat(seen).as("seed %d", seed).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(log());
        assertThat(store.subscriptions().audit("stress").findings()).isEmpty();
        assertThat(store.subscriptions().audit("stress").handled()).isEqualTo(8000);
    }
}

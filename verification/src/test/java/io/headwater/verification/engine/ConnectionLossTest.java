package io.headwater.verification.engine;

import static io.headwater.ExpectedVersion.any;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.headwater.AppendOutcomeUnknown;
import io.headwater.EventData;
import io.headwater.EventStore;
import io.headwater.EventStores;
import io.headwater.FailurePolicy;
import io.headwater.LogQuery;
import io.headwater.Position;
import io.headwater.RecordedEvent;
import io.headwater.StreamId;
import io.headwater.Subscription;
import io.headwater.SubscriptionListener;
import io.headwater.SubscriptionOptions;
import io.headwater.SubscriptionState;
import io.headwater.memory.MemoryFixture;
import io.headwater.spi.Backend;
import io.headwater.spi.Positions;
import io.headwater.verification.engine.Outage.Plan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Subscriptions of a store that cannot be reached for a while (S5); events are appended by another store of the storage. */
class ConnectionLossTest {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final FailurePolicy PARKING = FailurePolicy.retry(1)
            .backOff(Duration.ofMillis(1), Duration.ofMillis(2))
            .thenPark();

    private final String name = UUID.randomUUID().toString();
    private final Outage outage = new Outage();
    private final List<RecordedEvent> seen = Collections.synchronizedList(new ArrayList<>());
    private final List<SubscriptionState> states = Collections.synchronizedList(new ArrayList<>());
    private final SubscriptionOptions options = SubscriptionOptions.durable("d")
            .audited()
            .buffer(40)
            .checkpointEvery(10, Duration.ofMillis(5))
            .leaseTerm(Duration.ofSeconds(1))
            .listener(new SubscriptionListener() {
                @Override
                public void stateChanged(SubscriptionState from, SubscriptionState to) {
                    states.add(to);
                }
            });

    private EventStore writer;
    private EventStore store;

    private Backend backend() {
        return MemoryFixture.open(name);
    }

    @BeforeEach
    void open() {
        writer = EventStores.over("memory", backend());
        store = EventStores.over("memory", outage.over(backend()));
    }

    @AfterEach
    void close() {
        outage.end();
        store.close();
        writer.close();
    }

    private void append(int count) {
        for (int i = 0; i < count; i++) {
            writer.append(StreamId.of("a-" + i % 5), any(), EventData.json("T", "{}"));
        }
    }

    private List<RecordedEvent> log() {
        return writer.log(LogQuery.all()).toList();
    }

    private void awaitAll(Subscription subscription) {
        assertThat(subscription.awaitPosition(writer.head(), PATIENCE)).isTrue();
    }

    private void awaitRetrying() {
        await().atMost(PATIENCE).until(() -> states.contains(SubscriptionState.RETRYING));
    }

    @Test
    void what_was_appended_while_nothing_could_be_reached_is_handled_once_and_in_order_afterwards() {
        Subscription subscription = store.subscribe(options, seen::add);
        for (int round = 0; round < 3; round++) {
            append(300);
            assertThat(subscription.awaitLive(PATIENCE)).isTrue();
            states.clear();
            outage.follow(Plan.everything());
            append(300);
            awaitRetrying();
            outage.end();
            awaitAll(subscription);
            assertThat(subscription.awaitLive(PATIENCE)).isTrue();
        }
        subscription.close();
        assertThat(seen).isEqualTo(log());
        assertThat(store.subscriptions().audit("d").findings()).isEmpty();
    }

    /**
     * One look of the tail, then four of the subscription with at least 80, 160 and 320 ms between them. The renewals of the store try
     * once at the most, before they leave the lease to the subscription.
     */
    @Test
    void a_store_that_cannot_be_reached_is_asked_less_and_less_often_however_much_happens() {
        Subscription subscription = store.subscribe(options, seen::add);
        assertThat(subscription.awaitLive(PATIENCE)).isTrue();
        long begin = System.nanoTime();
        outage.follow(Plan.everything());
        await().atMost(PATIENCE).until(() -> {
            append(1);
            subscription.pause();
            subscription.resume();
            return outage.failures() - outage.failures("renewAll") >= 5;
        });
        assertThat(outage.failures("renewAll")).isLessThanOrEqualTo(1);
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThanOrEqualTo(Duration.ofMillis(560));
        outage.end();
        awaitAll(subscription);
        assertThat(seen).isEqualTo(log());
    }

    @Test
    void a_checkpoint_that_may_have_been_saved_or_not_is_saved_again() {
        outage.failWith(() -> new AppendOutcomeUnknown("the commit failed and may have been made", null));
        Subscription subscription = store.subscribe(options, seen::add);
        assertThat(subscription.awaitLive(PATIENCE)).isTrue();
        outage.follow(Plan.first(outage.calls("save") + 2, "save"));
        append(30);
        await().atMost(PATIENCE).until(() -> outage.failures("save") == 2);
        append(30);
        awaitAll(subscription);
        subscription.close();
        assertThat(seen).isEqualTo(log());
        assertThat(store.subscriptions().audit("d").findings()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void calls_that_fail_at_random_lose_and_repeat_nothing(int parallelism) {
        long seed = new Random().nextLong();
        AtomicInteger calls = new AtomicInteger();
        Subscription subscription = store.subscribe(
                options.parallelism(parallelism)
                        .onFailure(FailurePolicy.retryForever().backOff(Duration.ofMillis(1), Duration.ofMillis(2))),
                event -> {
                    if (calls.incrementAndGet() % 41 == 0) {
                        throw new IllegalStateException("now and then");
                    }
                    seen.add(event);
                });
        assertThat(subscription.awaitLive(PATIENCE)).isTrue();
        outage.follow(Plan.percent(10, seed));
        await().atMost(PATIENCE).untilAsserted(() -> {
            append(20);
            assertThat(outage.failures())
                    .as("failed calls, seed %s, %s at %s", seed, subscription.state(), subscription.position())
                    .isGreaterThanOrEqualTo(8);
        });
        outage.end();
        awaitAll(subscription);
        assertThat(subscription.awaitLive(PATIENCE)).isTrue();
        subscription.close();
        assertThat(states).as("seed %s", seed).contains(SubscriptionState.RETRYING);
        assertThat(seen).as("seed %s", seed).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(log());
        assertThat(inOrderOfStreams()).as("seed %s", seed).isTrue();
        assertThat(store.subscriptions().audit("d").findings())
                .as("seed %s", seed)
                .isEmpty();
    }

    private boolean inOrderOfStreams() {
        return List.copyOf(seen).stream().map(RecordedEvent::stream).distinct().allMatch(stream -> isSorted(stream));
    }

    private boolean isSorted(StreamId stream) {
        List<Long> versions = List.copyOf(seen).stream()
                .filter(event -> event.stream().equals(stream))
                .map(RecordedEvent::version)
                .toList();
        return versions.equals(versions.stream().sorted().toList());
    }

    /**
     * Each call that a subscription of the log makes, where it is made first: at the start, at work, parking, replaying. If renewing
     * the leases of all subscriptions fails, each renews its own, and none has to retry.
     */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "acquire",
                "load",
                "lastDecided",
                "storeId",
                "records",
                "save",
                "readLog",
                "readStream",
                "onAppend",
                "renewAll",
                "change"
            })
    void a_call_that_fails_some_times_is_made_again(String method) {
        append(30);
        reopenOnce();
        outage.follow(Plan.first(outage.calls(method) + 3, method));
        AtomicInteger broken = new AtomicInteger(1);
        Subscription subscription = store.subscribe(options.onFailure(PARKING), event -> {
            if (broken.get() == 1 && event.type().equals("Bad")) {
                throw new IllegalStateException("bad");
            }
            seen.add(event);
        });
        append(30);
        writer.append(StreamId.of("bad-1"), any(), EventData.json("Bad", "{}"), EventData.json("T", "{}"));
        awaitAll(subscription);
        await().atMost(PATIENCE).until(() -> outage.failures(method) == 3);
        broken.set(0);
        assertThat(writer.subscriptions().replay("d")).isEqualTo(2);
        await().atMost(PATIENCE).until(() -> seen.size() == log().size());
        assertThat(subscription.awaitLive(PATIENCE)).isTrue();
        subscription.close();
        assertThat(seen).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(log());
        assertThat(inOrderOfStreams()).isTrue();
        if (!method.equals("renewAll")) {
            assertThat(states).contains(SubscriptionState.RETRYING);
        }
        assertThat(writer.subscriptions().parked("d")).isEmpty();
    }

    /** The outcome could not be stored: the save is tried again, and not the handler (S5). */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_parked_event_whose_end_cannot_be_written_down_is_not_handled_again_for_that(boolean isMended) {
        AtomicInteger calls = new AtomicInteger();
        Subscription subscription = store.subscribe(options.onFailure(FailurePolicy.park()), event -> {
            if (calls.incrementAndGet() == 2) {
                outage.follow(Plan.first(outage.calls("change") + 2, "change"));
            }
            if (event.type().equals("Bad") && (calls.get() == 1 || !isMended)) {
                throw new IllegalStateException("bad");
            }
        });
        writer.append(StreamId.of("bad-1"), any(), EventData.json("Bad", "{}"));
        awaitAll(subscription);
        assertThat(writer.subscriptions().replay("d")).isEqualTo(1);
        await().atMost(PATIENCE).until(() -> outage.failures("change") == 2);
        append(1);
        awaitAll(subscription);
        assertThat(calls).as("parked, replayed, and the event behind it").hasValue(3);
        assertThat(writer.subscriptions().parked("d")).hasSize(isMended ? 0 : 1);
    }

    /** So that there is a checkpoint to load and to check. */
    private void reopenOnce() {
        Subscription former = store.subscribe(options.onFailure(PARKING), seen::add);
        awaitAll(former);
        former.close();
        states.clear();
    }

    @ParameterizedTest
    @ValueSource(strings = {"readStream", "head", "readLog"})
    void a_subscription_to_one_stream_reads_again_what_it_could_not(String method) {
        append(500);
        outage.follow(Plan.first(3, method));
        Subscription subscription =
                store.subscribe(options.stream(StreamId.of("a-1")).afterVersion(10), seen::add);
        awaitAll(subscription);
        assertThat(subscription.awaitLive(PATIENCE)).isTrue();
        append(50);
        awaitAll(subscription);
        await().atMost(PATIENCE).until(() -> outage.failures(method) == 3);
        assertThat(seen)
                .isEqualTo(log().stream()
                        .filter(event -> event.stream().equals(StreamId.of("a-1")) && event.version() > 10)
                        .toList());
    }

    @Test
    void closed_while_its_checkpoint_cannot_be_saved_it_is_followed_by_one_that_repeats_what_came_since_the_last() {
        append(100);
        Subscription first = store.subscribe(options, seen::add);
        awaitAll(first);
        outage.follow(Plan.first(Integer.MAX_VALUE, "save"));
        append(100);
        await().atMost(PATIENCE).until(() -> outage.failures("save") > 0);
        first.close();
        outage.end();
        Position saved = store.subscriptions().find("d").orElseThrow().position();
        List<RecordedEvent> all = new ArrayList<>(seen);
        seen.clear();
        awaitAll(store.subscribe(options, seen::add));
        assertThat(all).isEqualTo(log().subList(0, all.size()));
        assertThat(seen)
                .isEqualTo(log().stream()
                        .filter(event -> event.position().isAfter(saved))
                        .toList());
        assertThat(Positions.number(seen.get(0).position())).isLessThanOrEqualTo(all.size() + 1);
    }

    /** The next one waits until the lease has expired. */
    @Test
    void closed_while_its_lease_cannot_be_given_back_it_is_followed_by_one_that_repeats_nothing() {
        append(100);
        Subscription first = store.subscribe(options, seen::add);
        awaitAll(first);
        outage.follow(Plan.first(1, "release"));
        first.close();
        assertThat(outage.failures("release")).isEqualTo(1);
        append(100);
        Subscription second = store.subscribe(options, seen::add);
        awaitAll(second);
        assertThat(states).contains(SubscriptionState.STANDBY);
        assertThat(seen).isEqualTo(log());
    }
}

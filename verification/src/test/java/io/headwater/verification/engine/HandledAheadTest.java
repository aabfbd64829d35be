package io.headwater.verification.engine;

import static io.headwater.ExpectedVersion.any;
import static io.headwater.verification.engine.Lanes.streamBeside;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.headwater.BackendFailure;
import io.headwater.EventData;
import io.headwater.EventStore;
import io.headwater.EventStores;
import io.headwater.FailurePolicy;
import io.headwater.LogQuery;
import io.headwater.Metadata;
import io.headwater.Position;
import io.headwater.RecordedEvent;
import io.headwater.StreamId;
import io.headwater.Subscription;
import io.headwater.SubscriptionOptions;
import io.headwater.memory.MemoryFixture;
import io.headwater.spi.Backend;
import io.headwater.spi.CheckpointStore;
import io.headwater.spi.Positions;
import io.headwater.spi.RecordChange;
import io.headwater.spi.SubscriptionRecord;
import io.headwater.verification.engine.Outage.Plan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** That nothing is handled twice after a clean close, though the checkpoint lies before some of it. */
class HandledAheadTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String STUCK = "stuck-1";
    private static final String OTHER = streamBeside(STUCK);
    private static final FailurePolicy RETRYING =
            FailurePolicy.retryForever().backOff(Duration.ofMinutes(1), Duration.ofMinutes(1));
    private static final SubscriptionOptions OPTIONS = SubscriptionOptions.durable("d")
            .audited()
            .parallelism(2)
            .checkpointEvery(1_000_000, Duration.ofDays(1))
            .leaseTerm(Duration.ofSeconds(1))
            .onFailure(RETRYING);

    private final String name = UUID.randomUUID().toString();
    private final Outage outage = new Outage();
    private final List<RecordedEvent> handled = Collections.synchronizedList(new ArrayList<>());
    private final Set<Long> broken = ConcurrentHashMap.newKeySet();
    private final AtomicInteger failures = new AtomicInteger();
    private EventStore store;
    private CheckpointStore checkpoints;

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

    private void append(String stream, int count) {
        for (int i = 0; i < count; i++) {
            store.append(StreamId.of(stream), any(), EventData.json("T" + i % 2, "{}"));
        }
    }

    private void handle(RecordedEvent event) {
        if (broken.contains(Positions.number(event.position()))) {
            failures.incrementAndGet();
            throw new IllegalStateException("no");
        }
        handled.add(event);
    }

    private Subscription open(SubscriptionOptions options) {
        return store.subscribe(options, this::handle);
    }

    /** Fails at these positions, and is closed after it handled this many further events, and failed. */
    private void runStuck(SubscriptionOptions options, int more, long... positions) {
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

    private void runToTheEnd(SubscriptionOptions options) {
        Subscription subscription = open(options);
        assertThat(subscription.awaitPosition(store.head(), PATIENCE)).isTrue();
        subscription.close();
    }

    private Position checkpoint() {
        return store.subscriptions().find("d").orElseThrow().position();
    }

    private List<SubscriptionRecord> records() {
        return checkpoints.records("d", "ahead", "", 1000);
    }

    private void assertEachIsHandledOnceAndInOrder() {
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

    private void assertAuditIsClean(long all, long skipped) {
        assertThat(store.subscriptions().audit("d").findings()).isEmpty();
        assertThat(store.subscriptions().audit("d").handled()).isEqualTo(all);
        assertThat(store.subscriptions().audit("d").skipped()).isEqualTo(skipped);
    }

    @ParameterizedTest
    @CsvSource({"1, 1, 2000", "2, 1, 2000", "3, 7, 8", "2, 5, 2"})
    void what_was_handled_ahead_of_an_event_that_fails_does_not_come_again(int lanes, int batchSize, int buffer) {
        append(STUCK, 1);
        append(OTHER, 5);
        append(STUCK, 2);
        append(OTHER, 5);
        runStuck(OPTIONS, 10, 1);
        assertThat(checkpoint()).isEqualTo(Position.START);
        append(OTHER, 3);
        runToTheEnd(OPTIONS.parallelism(lanes).batchSize(batchSize).buffer(buffer));
        assertEachIsHandledOnceAndInOrder();
    }

    @Test
    void closed_while_it_pauses_it_is_followed_by_one_that_repeats_nothing() {
        append(STUCK, 2);
        append(OTHER, 3);
        CountDownLatch paused = new CountDownLatch(1);
        Subscription subscription = store.subscribe(OPTIONS, event -> {
            handled.add(event);
            if (event.stream().value().equals(STUCK)) {
                paused.await();
            }
        });
        await().atMost(PATIENCE).until(() -> handled.size() == 4);
        subscription.pause();
        paused.countDown();
        subscription.close();
        assertThat(checkpoint()).isEqualTo(Positions.of(1));
        runToTheEnd(OPTIONS);
        assertEachIsHandledOnceAndInOrder();
    }

    @Test
    void failed_it_is_followed_by_one_that_repeats_nothing() {
        append(STUCK, 1);
        append(OTHER, 3);
        CountDownLatch ahead = new CountDownLatch(3);
        Subscription subscription = store.subscribe(OPTIONS.onFailure(FailurePolicy.stop()), event -> {
            if (event.stream().value().equals(STUCK)) {
                ahead.await();
                throw new IllegalStateException("no");
            }
            handled.add(event);
            ahead.countDown();
        });
        assertThat(subscription.completion().toCompletableFuture()).failsWithin(PATIENCE);
        runToTheEnd(OPTIONS);
        assertEachIsHandledOnceAndInOrder();
    }

    /** One lane handles the streams of a page one after the other, ahead of events between theirs. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void batches_of_one_stream_are_ahead_of_others_in_one_lane_too(boolean audited) {
        for (int i = 0; i < 5; i++) {
            append("a-1", 1);
            append("a-2", 1);
        }
        SubscriptionOptions options =
                SubscriptionOptions.durable("d").batchSize(2).batchPerStream().onFailure(RETRYING);
        runStuck(audited ? options.audited() : options, 2, 5);
        assertThat(checkpoint()).isEqualTo(Position.START);
        assertThat(handled).hasSize(2);
        runToTheEnd(options.audited());
        assertEachIsHandledOnceAndInOrder();
    }

    @Test
    void stuck_again_at_the_same_event_it_keeps_what_it_kept_before_and_what_came_to_it() {
        append(STUCK, 1);
        append(OTHER, 6);
        runStuck(OPTIONS, 6, 1);
        append(OTHER, 5);
        runStuck(OPTIONS, 5, 1);
        append(OTHER, 4);
        runStuck(OPTIONS.buffer(2), 0, 1);
        assertThat(records()).hasSize(1);
        runToTheEnd(OPTIONS);
        assertEachIsHandledOnceAndInOrder();
    }

    @Test
    void stuck_again_at_a_later_event_it_keeps_what_lies_behind_that() {
        append(STUCK, 1);
        append(OTHER, 3);
        append(STUCK, 1);
        append(OTHER, 3);
        runStuck(OPTIONS, 6, 1);
        runStuck(OPTIONS, 1, 5);
        assertThat(checkpoint()).isEqualTo(Positions.of(4));
        runToTheEnd(OPTIONS);
        assertEachIsHandledOnceAndInOrder();
    }

    @Test
    void a_crash_before_the_checkpoint_has_passed_it_leaves_what_is_kept() {
        append(STUCK, 1);
        append(OTHER, 3);
        append(STUCK, 1);
        runStuck(OPTIONS, 3, 1);
        List<RecordedEvent> ahead = List.copyOf(handled);
        outage.follow(Plan.first(Integer.MAX_VALUE, "save"));
        runToTheEnd(OPTIONS);
        outage.end();
        assertThat(checkpoint()).isEqualTo(Position.START);
        assertThat(handled).hasSize(5);
        handled.retainAll(ahead);
        runToTheEnd(OPTIONS);
        assertEachIsHandledOnceAndInOrder();
    }

    @Test
    void a_crash_after_a_checkpoint_in_the_middle_of_it_leaves_what_lies_behind_that() {
        append(STUCK, 1);
        append(OTHER, 3);
        append(STUCK, 1);
        append(OTHER, 3);
        runStuck(OPTIONS, 6, 1);
        broken.add(5L);
        Subscription subscription = open(OPTIONS.checkpointEvery(1, Duration.ofMillis(1)));
        await().atMost(PATIENCE).until(() -> checkpoint().equals(Positions.of(4)));
        outage.follow(Plan.first(Integer.MAX_VALUE, "save"));
        subscription.close();
        outage.end();
        broken.clear();
        runToTheEnd(OPTIONS);
        assertEachIsHandledOnceAndInOrder();
    }

    @Test
    void after_a_reset_it_comes_again() {
        append(STUCK, 1);
        append(OTHER, 3);
        runStuck(OPTIONS, 3, 1);
        store.subscriptions().reset("d", Position.START);
        handled.clear();
        runToTheEnd(OPTIONS);
        assertEachIsHandledOnceAndInOrder();
    }

    @Test
    void it_concerns_only_what_the_subscription_selects() {
        append(STUCK, 1);
        append(OTHER, 9);
        SubscriptionOptions options = OPTIONS.types("T0");
        runStuck(options, 5, 1);
        runToTheEnd(options);
        assertThat(handled).hasSize(6).doesNotHaveDuplicates();
        assertAuditIsClean(6, 0);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void what_was_left_out_ahead_stays_left_out_and_counts_as_that(boolean parking) {
        append(STUCK, 2);
        append(OTHER, 3);
        CountDownLatch paused = new CountDownLatch(1);
        AtomicInteger calls = new AtomicInteger();
        SubscriptionOptions options = OPTIONS.onFailure(parking ? FailurePolicy.park() : FailurePolicy.skip());
        Subscription subscription = store.subscribe(options, event -> {
            calls.incrementAndGet();
            if (event.stream().value().equals(STUCK)) {
                paused.await();
            } else if (event.version() == 2) {
                throw new IllegalStateException("no");
            }
            handled.add(event);
        });
        await().atMost(PATIENCE).until(() -> calls.get() == (parking ? 3 : 4));
        await().atMost(PATIENCE)
                .until(() -> !parking || store.subscriptions().parked("d").count() == 2);
        subscription.pause();
        paused.countDown();
        subscription.close();
        assertThat(checkpoint()).isEqualTo(Positions.of(1));
        store.subscriptions().drop("d");
        runToTheEnd(options);
        assertThat(handled).hasSize(parking ? 3 : 4).doesNotHaveDuplicates();
        assertAuditIsClean(5, parking ? 2 : 1);
    }

    @Test
    void more_than_one_record_holds_is_kept_in_several_until_the_checkpoint_has_passed_them() {
        append(STUCK, 1);
        append(OTHER, 5000);
        append(STUCK, 1);
        append(OTHER, 5000);
        SubscriptionOptions options = OPTIONS.buffer(100_000);
        runStuck(options, 10_000, 1);
        assertThat(records()).hasSize(3);
        runStuck(options, 1, 5002);
        assertThat(records()).hasSize(2);
        runToTheEnd(options);
        assertEachIsHandledOnceAndInOrder();
    }

    /** What one change of records cannot hold is saved in parts, each with the same checkpoint. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void a_crash_between_the_parts_of_the_last_checkpoint_loses_nothing_and_repeats_only_the_other_parts(int saved) {
        append(STUCK, 1);
        List<String> streams = Lanes.streamsBeside(STUCK).limit(100).toList();
        streams.forEach(stream -> appendAtOnce(stream, 400));
        SubscriptionOptions options = OPTIONS.buffer(100_000);
        crashWhileClosing(options, 40_000, saved);
        assertThat(records()).hasSize(Math.min(10, 4 * saved));
        runToTheEnd(options);
        assertThat(handled).hasSize(40_001 + Math.max(0, 40_000 - 16_000 * saved));
        List<RecordedEvent> once = handled.stream().distinct().toList();
        handled.clear();
        handled.addAll(once);
        assertEachIsHandledOnceAndInOrder();
    }

    /** A clean close after a crash while it was closed keeps what was kept before, and more. */
    @Test
    void a_crash_between_the_parts_leaves_what_was_kept_before() {
        append(STUCK, 1);
        appendAtOnce(OTHER, 20_000);
        append(STUCK, 1);
        appendAtOnce(OTHER, 20_000);
        SubscriptionOptions options = OPTIONS.buffer(100_000);
        runStuck(options, 40_000, 1);
        assertThat(records()).hasSize(10);
        broken.add(20_002L);
        crashWhileClosing(options, 1, 1);
        assertThat(checkpoint()).isEqualTo(Positions.of(20_001));
        broken.clear();
        runToTheEnd(options);
        assertEachIsHandledOnceAndInOrder();
    }

    private void appendAtOnce(String stream, int count) {
        for (int left = count; left > 0; left -= 5000) {
            store.append(
                    StreamId.of(stream),
                    any(),
                    IntStream.range(0, Math.min(5000, left))
                            .mapToObj(i -> EventData.json("T" + i % 2, "{}"))
                            .toList());
        }
    }

    /**
     * Closes after it handled this many further events, and reaches the store for this many parts of the last
     * checkpoint.
     */
    private void crashWhileClosing(SubscriptionOptions options, int more, int parts) {
        failures.set(0);
        if (broken.isEmpty()) {
            broken.add(1L);
        }
        int until = handled.size() + more;
        Subscription subscription = open(options);
        await().atMost(PATIENCE).until(() -> failures.get() > 0 && handled.size() == until);
        int before = outage.calls("save");
        outage.follow((method, call) -> method.equals("save") && call >= before + parts);
        subscription.close();
        outage.end();
        broken.clear();
    }

    @Test
    void nothing_is_kept_where_nothing_is_ahead() {
        append(STUCK, 3);
        append(OTHER, 3);
        runStuck(OPTIONS.parallelism(1), 2, 3);
        assertThat(records()).isEmpty();
        runToTheEnd(OPTIONS);
        assertThat(records()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1 ?", "1  2", "9223372036854775808"})
    void a_record_that_cannot_be_read_ends_the_subscription_with_advice(String text) {
        append(STUCK, 1);
        append(OTHER, 3);
        runStuck(OPTIONS, 3, 1);
        checkpoints.change(
                "d",
                List.of(RecordChange.put("ahead", records().get(0).key(), Metadata.of(Map.of("positions", text)))));
        assertThat(open(OPTIONS).completion().toCompletableFuture())
                .failsWithin(PATIENCE)
                .withThrowableThat()
                .withCauseInstanceOf(BackendFailure.class)
                .withMessageContaining("reset the subscription");
    }
}

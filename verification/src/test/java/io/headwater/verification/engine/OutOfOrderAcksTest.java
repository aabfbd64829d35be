package io.headwater.verification.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.headwater.BackendFailure;
import io.headwater.FailurePolicy;
import io.headwater.Metadata;
import io.headwater.Position;
import io.headwater.RecordedEvent;
import io.headwater.Subscription;
import io.headwater.SubscriptionOptions;
import io.headwater.spi.Positions;
import io.headwater.spi.RecordChange;
import io.headwater.verification.engine.Outage.Plan;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** That nothing is handled twice after a clean close, though the checkpoint lies before some of it. */
class OutOfOrderAcksTest extends OutOfOrderAcksScenario {
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

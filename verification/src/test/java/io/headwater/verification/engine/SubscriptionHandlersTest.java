package io.headwater.verification.engine;

import static io.headwater.ExpectedVersion.any;
import static io.headwater.verification.engine.Lanes.lane;
import static io.headwater.verification.engine.Lanes.streamBeside;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.headwater.AsyncBatchHandler;
import io.headwater.FailurePolicy;
import io.headwater.Position;
import io.headwater.RecordedEvent;
import io.headwater.Subscription;
import io.headwater.SubscriptionEnded;
import io.headwater.SubscriptionListener;
import io.headwater.SubscriptionOptions;
import io.headwater.SubscriptionState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Handlers and listeners that do what they should not, and closing and pausing at the worst moment. */
class SubscriptionHandlersTest extends SubscriptionFixture {
    private static FailurePolicy retry(int times, int millis) {
        Duration delay = Duration.ofMillis(millis);
        return FailurePolicy.retry(times).backOff(delay, delay);
    }

    @Test
    void a_retry_that_falls_due_after_close_calls_no_handler() {
        String other = streamBeside("a-1");
        AtomicInteger failures = new AtomicInteger();
        append("a-1", 1);
        append(other, 3);
        Subscription subscription = store.subscribe(
                SubscriptionOptions.durable("d").parallelism(2).onFailure(retry(FailurePolicy.FOREVER, 100)), event -> {
                    if (event.stream().value().equals("a-1")) {
                        failures.incrementAndGet();
                        throw new IllegalStateException("no");
                    }
                    seen.add(event);
                });
        await().until(() -> failures.get() > 0 && seen.size() == 3);
        subscription.close();
        int called = failures.get();
        await().during(Duration.ofMillis(300)).atMost(PATIENCE).until(() -> failures.get() == called);
    }

    @Test
    void a_retry_that_falls_due_while_paused_is_made_after_resuming() {
        AtomicInteger calls = new AtomicInteger();
        CountDownLatch paused = new CountDownLatch(1);
        append("a-1", 1);
        Subscription subscription =
                store.subscribe(SubscriptionOptions.ephemeral().onFailure(retry(FailurePolicy.FOREVER, 1)), event -> {
                    if (calls.incrementAndGet() == 1) {
                        paused.await();
                        throw new IllegalStateException("no");
                    }
                    seen.add(event);
                });
        await().until(() -> calls.get() == 1);
        subscription.pause();
        paused.countDown();
        await().during(Duration.ofMillis(100)).until(() -> calls.get() == 1);
        subscription.resume();
        handled(subscription);
        assertThat(seen).hasSize(1);
    }

    @Test
    void a_replay_that_is_paused_goes_on_after_resuming() {
        AtomicBoolean broken = new AtomicBoolean(true);
        CountDownLatch paused = new CountDownLatch(1);
        append("a-1", 3);
        Subscription subscription =
                store.subscribe(SubscriptionOptions.durable("d").onFailure(FailurePolicy.park()), event -> {
                    if (broken.get()) {
                        throw new IllegalStateException("no");
                    }
                    seen.add(event);
                    paused.await();
                });
        handled(subscription);
        broken.set(false);
        store.subscriptions().replay("d");
        await().until(() -> seen.size() == 1);
        subscription.pause();
        paused.countDown();
        await().until(() -> parked().size() == 2);
        subscription.resume();
        await().until(() -> seen.size() == 3);
    }

    @Test
    void a_listener_that_throws_anything_at_all_harms_nothing() {
        append("a-1", 3);
        SubscriptionListener wild = new SubscriptionListener() {
            @Override
            public void stateChanged(SubscriptionState from, SubscriptionState to) {
                throw new AssertionError("in stateChanged");
            }

            @Override
            public void retrying(RecordedEvent event, int attempt, Throwable failure) {
                SubscriptionHandlersTest.<RuntimeException>throwAs(new Exception("checked, in retrying"));
            }

            @Override
            public void skipped(RecordedEvent event, Throwable failure) {
                throw new StackOverflowError("in skipped");
            }
        };
        Subscription subscription = store.subscribe(
                SubscriptionOptions.ephemeral()
                        .listener(wild)
                        .onFailure(retry(1, 1).thenSkip()),
                event -> {
                    if (event.version() == 2) {
                        throw new IllegalStateException("no");
                    }
                    seen.add(event);
                });
        handled(subscription);
        assertThat(seenEvents()).containsExactly("a-1@1", "a-1@3");
        subscription.closeAsync();
        assertThat(subscription.completion().toCompletableFuture()).succeedsWithin(PATIENCE);
    }

    @SuppressWarnings("unchecked")
    private static <E extends Throwable> void throwAs(Throwable any) throws E {
        throw (E) any;
    }

    @Test
    void a_withdrawal_that_throws_does_not_keep_the_subscription_from_ending() {
        append("a-1", 1);
        CompletableFuture<Void> never = new CompletableFuture<>();
        AtomicInteger calls = new AtomicInteger();
        Subscription subscription = store.subscribeAsync(
                SubscriptionOptions.durable("d").closeTimeout(Duration.ofMillis(10)), new AsyncBatchHandler() {
                    @Override
                    public CompletionStage<?> handle(List<RecordedEvent> events) {
                        calls.incrementAndGet();
                        return never;
                    }

                    @Override
                    public void withdraw() {
                        throw new IllegalStateException("no");
                    }
                });
        await().until(() -> calls.get() == 1);
        subscription.close();
        assertThat(subscription.state()).isEqualTo(SubscriptionState.CLOSED);
        assertThat(store.subscriptions().find("d").orElseThrow().holder()).isEmpty();
    }

    @Test
    void an_interrupt_that_a_handler_leaves_behind_concerns_neither_the_next_call_nor_the_parking() {
        append("a-1", 1);
        append("a-2", 1);
        Subscription subscription =
                store.subscribe(SubscriptionOptions.durable("d").onFailure(FailurePolicy.park()), event -> {
                    assertThat(Thread.currentThread().isInterrupted()).isFalse();
                    Thread.currentThread().interrupt();
                    if (event.stream().value().equals("a-1")) {
                        throw new IllegalStateException("no");
                    }
                    seen.add(event);
                });
        handled(subscription);
        assertThat(parked()).containsExactly("a-1@1");
        assertThat(seenEvents()).containsExactly("a-2@1");
    }

    @Test
    void a_stage_that_cannot_be_waited_for_counts_as_a_failure_of_the_handler() {
        append("a-1", 1);
        Subscription subscription = store.subscribeAsync(
                SubscriptionOptions.durable("d").onFailure(FailurePolicy.stop()), events -> new CompletableFuture<>() {
                    @Override
                    public CompletableFuture<Object> whenComplete(
                            BiConsumer<? super Object, ? super Throwable> action) {
                        throw new UnsupportedOperationException("no");
                    }
                });
        assertThatThrownBy(() -> subscription.completion().toCompletableFuture().get(30, TimeUnit.SECONDS))
                .hasCauseInstanceOf(SubscriptionEnded.class)
                .hasMessageContaining("a-1@1");
    }

    @Test
    void a_stage_that_completes_twice_finishes_one_batch_only() {
        append("a-1", 2);
        List<BiConsumer<? super Object, ? super Throwable>> actions = Collections.synchronizedList(new ArrayList<>());
        Subscription subscription =
                store.subscribeAsync(SubscriptionOptions.ephemeral().batchSize(1), events -> new CompletableFuture<>() {
                    @Override
                    public CompletableFuture<Object> whenComplete(
                            BiConsumer<? super Object, ? super Throwable> action) {
                        actions.add(action);
                        return this;
                    }
                });
        await().until(() -> actions.size() == 1);
        actions.get(0).accept(null, null);
        await().until(() -> actions.size() == 2);
        actions.get(0).accept(null, null);
        await().during(Duration.ofMillis(100))
                .until(() -> subscription.position().equals(position(1)));
        actions.get(1).accept(null, null);
        handled(subscription);
    }

    @Test
    void streams_that_go_on_beside_one_that_fails_come_no_further_than_the_buffer() {
        String other = streamBeside("a-1");
        append("a-1", 1);
        append(other, 1000);
        Subscription subscription = store.subscribe(
                SubscriptionOptions.durable("d").parallelism(2).buffer(20).onFailure(retry(FailurePolicy.FOREVER, 1)),
                event -> {
                    if (event.stream().value().equals("a-1")) {
                        throw new IllegalStateException("no");
                    }
                    seen.add(event);
                });
        await().during(Duration.ofMillis(300)).atMost(PATIENCE).until(() -> seen.size() <= 20);
        subscription.close();
    }

    @Test
    void a_close_lets_batches_come_up_to_the_furthest_event_and_not_beyond() {
        String other = streamBeside("a-1");
        CountDownLatch closing = new CountDownLatch(1);
        AtomicInteger calls = new AtomicInteger();
        append(other, 4);
        append("a-1", 14);
        append(other, 2);
        append("a-1", 1);
        Subscription subscription = store.subscribeBatches(
                SubscriptionOptions.durable("d").parallelism(2).batchSize(5), events -> {
                    calls.incrementAndGet();
                    closing.await();
                    seen.addAll(events);
                });
        await().until(() -> calls.get() == 2);
        CompletionStage<Void> closed = subscription.closeAsync();
        closing.countDown();
        closed.toCompletableFuture().join();
        assertThat(store.subscriptions().find("d").orElseThrow().position()).isEqualTo(position(19));
        assertThat(seen).hasSize(19).allMatch(event -> !event.position().isAfter(position(19)));
    }

    @Test
    void a_close_beside_a_stream_that_fails_handles_nothing_more_that_would_come_again() {
        CountDownLatch closing = new CountDownLatch(1);
        AtomicInteger failed = new AtomicInteger();
        List<String> streams = new ArrayList<>();
        for (int i = 0; streams.size() < 3; i++) {
            if (lane("s-" + i, 3) == streams.size()) {
                streams.add("s-" + i);
            }
        }
        append(streams.get(0), 1);
        append(streams.get(1), 1);
        append(streams.get(2), 1);
        append(streams.get(1), 1);
        append(streams.get(2), 1);
        Subscription subscription = store.subscribe(
                SubscriptionOptions.durable("d").parallelism(3).onFailure(retry(FailurePolicy.FOREVER, 60_000)),
                event -> {
                    if (event.stream().value().equals(streams.get(0))) {
                        failed.incrementAndGet();
                        throw new IllegalStateException("no");
                    }
                    seen.add(event);
                    if (event.stream().value().equals(streams.get(1))) {
                        closing.await();
                    }
                });
        await().until(() -> failed.get() == 1 && seen.size() == 3);
        CompletionStage<Void> closed = subscription.closeAsync();
        closing.countDown();
        closed.toCompletableFuture().join();
        assertThat(seen).hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void an_error_that_no_event_is_to_blame_for_leaves_none_out(boolean parking) {
        FailurePolicy policy = retry(1, 1);
        append("a-1", 2);
        Subscription subscription = store.subscribe(
                SubscriptionOptions.durable("d").onFailure(parking ? policy.thenPark() : policy.thenSkip()), event -> {
                    throw new NoClassDefFoundError("a/library/that/is/missing");
                });
        assertThatThrownBy(() -> subscription.completion().toCompletableFuture().join())
                .hasCauseInstanceOf(SubscriptionEnded.class)
                .hasRootCauseInstanceOf(NoClassDefFoundError.class);
        assertThat(store.subscriptions().find("d").orElseThrow().position()).isEqualTo(Position.START);
        assertThat(parked()).isEmpty();
    }

    @Test
    void closed_while_it_pauses_it_calls_no_handler() {
        String other = streamBeside("a-1");
        CountDownLatch paused = new CountDownLatch(1);
        append("a-1", 2);
        append(other, 3);
        Subscription subscription =
                store.subscribe(SubscriptionOptions.durable("d").parallelism(2), event -> {
                    seen.add(event);
                    if (event.stream().value().equals("a-1")) {
                        paused.await();
                    }
                });
        await().until(() -> seen.size() == 4);
        subscription.pause();
        paused.countDown();
        subscription.close();
        assertThat(seen).hasSize(4);
    }
}

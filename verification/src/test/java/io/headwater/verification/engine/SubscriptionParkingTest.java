package io.headwater.verification.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.headwater.FailurePolicy;
import io.headwater.ParkedEvent;
import io.headwater.Position;
import io.headwater.Subscription;
import io.headwater.SubscriptionOptions;
import io.headwater.SubscriptionState;
import io.headwater.spi.CheckpointStore;
import io.headwater.spi.RecordChange;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Parked events, with operators, crashes and errors at the worst moment. */
class SubscriptionParkingTest extends SubscriptionFixture {
    @Test
    void many_streams_are_replayed_at_once() {
        int streams = 1100;
        AtomicBoolean broken = new AtomicBoolean(true);
        for (int i = 0; i < streams; i++) {
            append("a-" + i, 1);
        }
        Subscription subscription =
                store.subscribe(SubscriptionOptions.durable("d").onFailure(FailurePolicy.park()), event -> {
                    if (broken.get()) {
                        throw new IllegalStateException("no");
                    }
                    seen.add(event);
                });
        handled(subscription);
        broken.set(false);
        assertThat(store.subscriptions().replay("d")).isEqualTo(streams);
        await().atMost(PATIENCE).until(() -> seen.size() == streams || isOver(subscription));
        assertThat(subscription.state()).isEqualTo(SubscriptionState.LIVE);
        assertThat(parked()).isEmpty();
    }

    private static boolean isOver(Subscription subscription) {
        return subscription.completion().toCompletableFuture().isDone();
    }

    @Test
    void a_replay_that_was_cut_off_goes_on_when_the_subscription_is_opened_again() {
        AtomicBoolean broken = new AtomicBoolean(true);
        append("a-1", 5);
        SubscriptionOptions options = SubscriptionOptions.durable("d").onFailure(FailurePolicy.park());
        CountDownLatch closing = new CountDownLatch(1);
        Subscription first = store.subscribe(options, event -> {
            if (broken.get()) {
                throw new IllegalStateException("no");
            }
            seen.add(event);
            closing.await();
        });
        handled(first);
        broken.set(false);
        store.subscriptions().replay("d");
        await().until(() -> seen.size() == 1);
        CompletionStage<Void> closed = first.closeAsync();
        closing.countDown();
        closed.toCompletableFuture().join();
        assertThat(parked()).isNotEmpty();
        store.subscribe(options, seen::add);
        await().until(() -> parked().isEmpty());
        assertThat(seenEvents()).containsExactly("a-1@1", "a-1@2", "a-1@3", "a-1@4", "a-1@5");
    }

    @Test
    void what_is_dropped_during_a_replay_is_not_handled_and_does_not_come_back() {
        AtomicBoolean broken = new AtomicBoolean(true);
        AtomicInteger replayed = new AtomicInteger();
        CountDownLatch dropped = new CountDownLatch(1);
        append("a-1", 3);
        Subscription subscription =
                store.subscribe(SubscriptionOptions.durable("d").onFailure(FailurePolicy.park()), event -> {
                    if (!broken.get() && event.version() <= 3) {
                        replayed.incrementAndGet();
                        dropped.await();
                    }
                    if (event.version() <= 3) {
                        throw new IllegalStateException("no");
                    }
                    seen.add(event);
                });
        handled(subscription);
        broken.set(false);
        store.subscriptions().replay("d");
        await().until(() -> replayed.get() == 1);
        store.subscriptions().drop("d");
        dropped.countDown();
        append("a-1", 1);
        await().until(() -> seenEvents().equals(List.of("a-1@4")));
        assertThat(parked()).isEmpty();
        assertThat(replayed).hasValue(1);
    }

    @Test
    void a_parked_event_that_comes_again_after_a_crash_keeps_its_error() {
        append("a-1", 1);
        SubscriptionOptions options = SubscriptionOptions.durable("d").onFailure(FailurePolicy.park());
        Subscription first = store.subscribe(options, event -> {
            throw new IllegalStateException("the cause");
        });
        handled(first);
        first.close();
        moveBack();
        Subscription second = store.subscribe(options, seen::add);
        handled(second);
        ParkedEvent event = store.subscriptions().parked("d").findFirst().orElseThrow();
        assertThat(event.error()).contains("the cause");
        assertThat(event.attempts()).isEqualTo(1);
        assertThat(seen).isEmpty();
    }

    /** As a crash before the checkpoint was saved leaves it: the records are there. */
    private void moveBack() {
        CheckpointStore checkpoints = store.facet(CheckpointStore.class).orElseThrow();
        var parked = checkpoints.records("d", "parked", "", 100);
        checkpoints.reset("d", Position.START);
        checkpoints.change(
                "d",
                parked.stream()
                        .map(kept -> RecordChange.put(kept.kind(), kept.key(), kept.fields()))
                        .toList());
    }

    @Test
    void an_error_whose_words_are_no_text_is_parked_all_the_same() {
        append("a-1", 3);
        Subscription subscription =
                store.subscribe(SubscriptionOptions.durable("d").onFailure(FailurePolicy.park()), event -> {
                    if (event.version() == 1) {
                        throw new IllegalStateException("half a pair: \uD83D, control \u0000, " + "x".repeat(1000)
                                + "\uD83D\uDE00".repeat(100_000));
                    }
                    if (event.version() == 2) {
                        throw new SilentException();
                    }
                });
        handled(subscription);
        assertThat(parked()).containsExactly("a-1@1", "a-1@2", "a-1@3");
    }

    /** Cannot say what it is. */
    private static final class SilentException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        @Override
        public String toString() {
            throw new UnsupportedOperationException("no words");
        }
    }

    @Test
    void an_exception_that_cannot_say_what_it_is_is_parked_all_the_same() {
        append("a-1", 1);
        try (CapturedLog log = CapturedLog.about("'silent-1'")) {
            Subscription subscription =
                    store.subscribe(SubscriptionOptions.durable("silent-1").onFailure(FailurePolicy.park()), event -> {
                        throw new SilentException();
                    });
            handled(subscription);
            assertThat(log.records())
                    .singleElement()
                    .satisfies(record -> assertThat(record.getThrown())
                            .hasMessageContaining("SilentException, which cannot be printed"));
        }
        assertThat(store.subscriptions().parked("silent-1"))
                .singleElement()
                .satisfies(event -> assertThat(event.error()).contains("SilentException"));
    }
}

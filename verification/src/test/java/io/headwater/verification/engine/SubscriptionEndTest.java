package io.headwater.verification.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.headwater.FailurePolicy;
import io.headwater.InvalidRequest;
import io.headwater.OperationInterrupted;
import io.headwater.PullSubscription;
import io.headwater.RecordedEvent;
import io.headwater.Subscription;
import io.headwater.SubscriptionEnded;
import io.headwater.SubscriptionListener;
import io.headwater.SubscriptionOptions;
import io.headwater.SubscriptionState;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;

/** How an application waits for the end of a subscription, and what it is told of it. */
class SubscriptionEndTest extends SubscriptionFixture {
    private static final String SECRET = "the payload, which no log may hold";

    private static void fail(RecordedEvent event) {
        throw new IllegalStateException(SECRET);
    }

    @Test
    void waiting_ends_when_the_subscription_is_closed() {
        Subscription subscription = store.subscribe(SubscriptionOptions.durable("d"), seen::add);
        CompletableFuture<Void> waiting = CompletableFuture.runAsync(subscription::awaitClosed);
        assertThat(subscription.awaitLive(PATIENCE)).isTrue();
        assertThat(waiting).isNotDone();
        subscription.close();
        assertThat(waiting).succeedsWithin(PATIENCE);
        assertThat(subscription.awaitClosed(Duration.ZERO)).isTrue();
    }

    @Test
    void waiting_ends_when_the_store_is_closed() {
        Subscription subscription = store.subscribe(SubscriptionOptions.ephemeral(), seen::add);
        CompletableFuture<Void> waiting = CompletableFuture.runAsync(subscription::awaitClosed);
        store.close();
        assertThat(waiting).succeedsWithin(PATIENCE);
    }

    @Test
    void waiting_ends_with_its_timeout() {
        Subscription subscription = store.subscribe(SubscriptionOptions.ephemeral(), seen::add);
        assertThat(subscription.awaitClosed(Duration.ofMillis(1))).isFalse();
        assertThatThrownBy(() -> subscription.awaitClosed(null))
                .isInstanceOf(InvalidRequest.class)
                .hasMessage("timeout is null");
    }

    @Test
    void waiting_fails_with_what_made_the_subscription_fail() {
        append("a-1", 1);
        Subscription subscription = store.subscribe(
                SubscriptionOptions.durable("d").onFailure(FailurePolicy.stop()), SubscriptionEndTest::fail);
        assertThatThrownBy(subscription::awaitClosed)
                .isInstanceOf(SubscriptionEnded.class)
                .hasMessageStartingWith("subscription 'd' failed at position ")
                .hasCauseInstanceOf(SubscriptionEnded.class)
                .hasRootCauseInstanceOf(IllegalStateException.class);
    }

    @Test
    void waiting_ends_when_the_thread_is_interrupted_and_the_subscription_goes_on() {
        Subscription subscription = store.subscribe(SubscriptionOptions.ephemeral(), seen::add);
        Thread.currentThread().interrupt();
        assertThatThrownBy(subscription::awaitClosed).isInstanceOf(OperationInterrupted.class);
        assertThat(Thread.interrupted()).isTrue();
        append("a-1", 1);
        handled(subscription);
        assertThat(seen).hasSize(1);
    }

    @Test
    void a_handler_and_a_listener_cannot_wait_for_their_own_end() {
        AtomicReference<Subscription> self = new AtomicReference<>();
        CompletableFuture<Void> handler = new CompletableFuture<>();
        CompletableFuture<Void> listener = new CompletableFuture<>();
        SubscriptionListener waits = new SubscriptionListener() {
            @Override
            public void stateChanged(SubscriptionState former, SubscriptionState next) {
                if (next == SubscriptionState.CLOSED) {
                    complete(listener, () -> self.get().awaitClosed());
                }
            }
        };
        self.set(store.subscribe(
                SubscriptionOptions.ephemeral().listener(waits),
                event -> complete(handler, () -> self.get().awaitClosed())));
        append("a-1", 1);
        assertThat(handler)
                .failsWithin(PATIENCE)
                .withThrowableThat()
                .withMessageContaining("waits for its own end in its handler or listener: wait in another thread");
        self.get().close();
        assertThat(listener).failsWithin(PATIENCE);
    }

    private static void complete(CompletableFuture<Void> future, Runnable call) {
        try {
            call.run();
            future.complete(null);
        } catch (RuntimeException e) {
            future.completeExceptionally(e);
        }
    }

    @Test
    void a_durable_subscription_that_stops_is_logged_once_at_error_without_the_payload() {
        append("a-1", 1);
        try (CapturedLog log = CapturedLog.about("'stopped-1'")) {
            Subscription subscription = store.subscribe(
                    SubscriptionOptions.durable("stopped-1").onFailure(FailurePolicy.stop()),
                    SubscriptionEndTest::fail);
            assertThatThrownBy(subscription::awaitClosed).isInstanceOf(SubscriptionEnded.class);
            subscription.close();
            assertThat(log.records()).singleElement().satisfies(record -> {
                assertThat(record.getLevel()).isEqualTo(Level.SEVERE);
                assertThat(record.getMessage())
                        .startsWith("subscription 'stopped-1' ended at position " + subscription.position())
                        .contains(
                                "handles no further event until it is opened again", "java.lang.IllegalStateException")
                        .doesNotContain(SECRET, "\n");
                assertThat(record.getThrown()).isNull();
            });
        }
    }

    @Test
    void an_ephemeral_subscription_that_stops_is_logged_as_a_warning() {
        append("a-1", 1);
        try (CapturedLog log = CapturedLog.about("an ephemeral subscription ended")) {
            Subscription subscription = store.subscribe(
                    SubscriptionOptions.ephemeral().onFailure(FailurePolicy.stop()), SubscriptionEndTest::fail);
            assertThatThrownBy(subscription::awaitClosed).isInstanceOf(SubscriptionEnded.class);
            assertThat(log.records()).extracting(LogRecord::getLevel).containsExactly(Level.WARNING);
        }
    }

    @Test
    void a_subscription_that_is_closed_is_not_logged() {
        append("a-1", 1);
        try (CapturedLog log = CapturedLog.about("'closed-1'")) {
            Subscription subscription = store.subscribe(SubscriptionOptions.durable("closed-1"), seen::add);
            handled(subscription);
            subscription.close();
            assertThat(log.records()).isEmpty();
        }
    }

    @Test
    void a_subscription_says_what_it_is() {
        Subscription subscription = store.subscribe(SubscriptionOptions.durable("billing"), seen::add);
        append("a-1", 1);
        handled(subscription);
        await().untilAsserted(() -> assertThat(subscription)
                .hasToString("Subscription['billing', LIVE at %s, %s]".formatted(subscription.position(), store)));
        subscription.close();
        assertThat(subscription.toString()).startsWith("Subscription['billing', CLOSED at ");
        try (PullSubscription pulled = store.pull(SubscriptionOptions.ephemeral())) {
            assertThat(pulled.toString())
                    .startsWith("PullSubscription[ephemeral, ")
                    .contains(store.toString());
        }
    }
}

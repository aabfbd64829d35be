package io.headwater.internal.subscription;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headwater.BackendFailure;
import io.headwater.OperationInterrupted;
import io.headwater.SubscriptionEnded;
import io.headwater.SubscriptionListener;
import io.headwater.SubscriptionState;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class SubscriptionStatusTest {
    private static final Duration FOREVER = Duration.ofSeconds(Long.MAX_VALUE);

    private static SubscriptionStatus withListener(Runnable onChange) {
        return new SubscriptionStatus("s", new SubscriptionListener() {
            @Override
            public void stateChanged(SubscriptionState from, SubscriptionState to) {
                onChange.run();
            }
        });
    }

    @Test
    void a_listener_that_fails_in_any_way_does_not_prevent_the_end() {
        SubscriptionStatus status = withListener(() -> {
            throw new AssertionError("a fault of the listener");
        });
        status.end(null);
        assertThat(status.completion()).isCompleted();
    }

    @Test
    void the_reason_is_known_as_soon_as_the_subscription_has_ended() {
        BackendFailure reason = new BackendFailure("a reason", null);
        AtomicReference<Throwable> seen = new AtomicReference<>();
        SubscriptionStatus[] status = new SubscriptionStatus[1];
        status[0] = withListener(() -> {
            try {
                status[0].await(() -> false, Duration.ZERO);
            } catch (SubscriptionEnded e) {
                seen.set(e.getCause());
            }
        });
        status[0].end(reason);
        assertThat(seen).hasValue(reason);
        assertThatThrownBy(() -> status[0].await(() -> false, Duration.ZERO)).hasCause(reason);
    }

    @Test
    void any_duration_can_be_waited_for() {
        SubscriptionStatus status = withListener(() -> {});
        assertThat(status.await(() -> true, FOREVER)).isTrue();
        assertThat(status.await(() -> false, FOREVER.negated())).isFalse();
    }

    /** Waits in another thread, which has begun to wait when this returns. */
    private static CompletableFuture<Boolean> waiting(SubscriptionStatus status, SubscriptionState wanted)
            throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        CompletableFuture<Boolean> waiting = CompletableFuture.supplyAsync(() -> status.await(
                () -> {
                    begun.countDown();
                    return status.state() == wanted;
                },
                FOREVER));
        begun.await();
        return waiting;
    }

    @Test
    void a_state_is_noticed_although_it_lasts_for_a_moment_only() throws Exception {
        SubscriptionStatus status = withListener(() -> {});
        CompletableFuture<Boolean> waiting = waiting(status, SubscriptionState.LIVE);
        status.enter(SubscriptionState.LIVE);
        status.enter(SubscriptionState.CATCHING_UP);
        assertThat(waiting.get(1, TimeUnit.MINUTES)).isTrue();
    }

    @Test
    void a_thread_that_waits_is_released_when_the_subscription_ends() throws Exception {
        SubscriptionStatus status = withListener(() -> {});
        CompletableFuture<Boolean> closed = waiting(status, SubscriptionState.CLOSED);
        CompletableFuture<Boolean> live = waiting(status, SubscriptionState.LIVE);
        status.end(null);
        assertThat(closed.get(1, TimeUnit.MINUTES)).isTrue();
        assertThatThrownBy(() -> live.get(1, TimeUnit.MINUTES)).hasCauseInstanceOf(SubscriptionEnded.class);
    }

    @Test
    void an_interrupt_ends_the_wait() {
        SubscriptionStatus status = withListener(() -> {});
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> status.await(() -> false, FOREVER)).isInstanceOf(OperationInterrupted.class);
        assertThat(Thread.interrupted()).isTrue();
    }
}

package io.headwater.internal.subscription;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headwater.BackendFailure;
import io.headwater.SubscriptionEnded;
import io.headwater.SubscriptionListener;
import io.headwater.SubscriptionState;
import java.time.Duration;
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
    void a_listener_that_fails_in_any_way_does_not_keep_the_end_from_being_told() {
        SubscriptionStatus standing = withListener(() -> {
            throw new AssertionError("a listener's mistake");
        });
        standing.end(null);
        assertThat(standing.completion()).isCompleted();
    }

    @Test
    void whoever_waits_learns_why_it_ended_as_soon_as_it_has() {
        BackendFailure reason = new BackendFailure("a reason", null);
        AtomicReference<Throwable> told = new AtomicReference<>();
        SubscriptionStatus[] standing = new SubscriptionStatus[1];
        standing[0] = withListener(() -> {
            try {
                standing[0].await(() -> false, Duration.ZERO);
            } catch (SubscriptionEnded e) {
                told.set(e.getCause());
            }
        });
        standing[0].end(reason);
        assertThat(told).hasValue(reason);
        assertThatThrownBy(() -> standing[0].await(() -> false, Duration.ZERO)).hasCause(reason);
    }

    @Test
    void any_duration_can_be_waited_for() {
        SubscriptionStatus standing = withListener(() -> {});
        assertThat(standing.await(() -> true, FOREVER)).isTrue();
        assertThat(standing.await(() -> false, FOREVER.negated())).isFalse();
    }
}

package io.headwater.verification.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.headwater.PullSubscription;
import io.headwater.RecordedEvent;
import io.headwater.SubscriptionOptions;
import io.headwater.SubscriptionState;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Events are handed to a pull subscription in batches, and acknowledged one by one. */
class PullSubscriptionTest extends SubscriptionFixture {
    private static final Duration MOMENT = Duration.ofMillis(20);

    private static SubscriptionOptions durable() {
        return SubscriptionOptions.durable("pulled").checkpointEvery(1000, MOMENT);
    }

    private long next(PullSubscription pull) {
        return pull.next(PATIENCE).map(RecordedEvent::version).orElseThrow();
    }

    @Test
    void each_event_counts_as_soon_as_it_is_acknowledged() {
        append("a-1", 5);
        try (PullSubscription pull = store.pull(SubscriptionOptions.ephemeral())) {
            assertThat(next(pull)).isEqualTo(1);
            assertThat(next(pull)).isEqualTo(2);
            assertThat(pull.awaitPosition(position(1), PATIENCE)).isTrue();
            assertThat(pull.position()).isEqualTo(position(1));
            pull.acknowledge();
            assertThat(pull.position()).isEqualTo(position(2));
        }
    }

    @Test
    void the_checkpoint_follows_while_events_of_the_batch_are_left() {
        append("a-1", 5);
        try (PullSubscription pull = store.pull(durable())) {
            for (int version = 1; version <= 3; version++) {
                assertThat(next(pull)).isEqualTo(version);
                pull.acknowledge();
                int acknowledged = version;
                await().untilAsserted(() -> assertThat(store.subscriptions().find("pulled"))
                        .hasValueSatisfying(info -> assertThat(info.position()).isEqualTo(position(acknowledged))));
            }
        }
    }

    @Test
    void what_is_not_acknowledged_when_it_is_closed_comes_again() {
        append("a-1", 5);
        try (PullSubscription pull = store.pull(durable())) {
            assertThat(next(pull)).isEqualTo(1);
            assertThat(next(pull)).isEqualTo(2);
            assertThat(next(pull)).isEqualTo(3);
        }
        try (PullSubscription pull = store.pull(durable())) {
            assertThat(next(pull)).isEqualTo(3);
        }
    }

    @Test
    void a_paused_one_returns_no_further_event_until_it_is_resumed() {
        append("a-1", 3);
        try (PullSubscription pull = store.pull(SubscriptionOptions.ephemeral())) {
            assertThat(next(pull)).isEqualTo(1);
            pull.pause();
            assertThat(pull.next(MOMENT)).isEmpty();
            await().until(() -> pull.state() == SubscriptionState.PAUSED);
            pull.resume();
            assertThat(next(pull)).isEqualTo(2);
            assertThat(next(pull)).isEqualTo(3);
        }
    }

    @Test
    void what_is_appended_meanwhile_follows_the_batch() {
        append("a-1", 2);
        try (PullSubscription pull = store.pull(SubscriptionOptions.ephemeral())) {
            assertThat(next(pull)).isEqualTo(1);
            append("a-1", 1);
            assertThat(next(pull)).isEqualTo(2);
            assertThat(next(pull)).isEqualTo(3);
            assertThat(pull.next(MOMENT)).isEqualTo(Optional.empty());
        }
    }
}

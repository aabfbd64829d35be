package io.headwater.verification.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.headwater.EventData;
import io.headwater.EventStore;
import io.headwater.EventStores;
import io.headwater.ExpectedVersion;
import io.headwater.FailurePolicy;
import io.headwater.InvalidRequest;
import io.headwater.LogQuery;
import io.headwater.Position;
import io.headwater.StreamAdmin;
import io.headwater.StreamId;
import io.headwater.Subscription;
import io.headwater.SubscriptionOptions;
import io.headwater.spi.Positions;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Subscriptions on a store that refuses every position which it did not give, where they once computed positions. */
class OpaquePositionsTest extends SubscriptionFixture {
    private static final StreamId STREAM = StreamId.of("a-1");

    @Test
    void a_position_that_was_not_given_is_refused() {
        append("a-1", 1);
        assertThatThrownBy(() -> store.readLog(LogQuery.all().after(Positions.of(77))))
                .isInstanceOf(InvalidRequest.class)
                .hasMessageContaining("never gave");
        assertThat(store.readLog(LogQuery.all().after(Position.START)).events()).hasSize(1);
        assertThat(store.readLog(LogQuery.all().before(Position.END)).events()).hasSize(1);
    }

    @Test
    void what_other_instances_gave_is_taken() {
        String url = "given:" + getClass().getSimpleName();
        try (EventStore one = EventStores.open(url);
                EventStore other = EventStores.open(url)) {
            Position given = one.append(STREAM, ExpectedVersion.any(), event()).position();
            assertThat(other.readLog(LogQuery.all().after(given)).events()).isEmpty();
        }
    }

    private static EventData event() {
        return EventData.json("T", "{}");
    }

    @Test
    void an_event_that_is_not_selected_can_be_awaited_while_a_later_one_is_handled() throws Exception {
        CountDownLatch handling = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        append("other-1", 2);
        Position notSelected = store.head();
        append("a-1", 1);
        Subscription subscription =
                store.subscribe(SubscriptionOptions.ephemeral().category("a"), event -> {
                    handling.countDown();
                    end.await();
                });
        handling.await();
        assertThat(subscription.awaitPosition(notSelected, PATIENCE)).isTrue();
        assertThat(subscription.awaitPosition(store.head(), Duration.ofMillis(1)))
                .isFalse();
        assertThat(subscription.position().isAfter(notSelected)).isFalse();
        end.countDown();
        assertThat(subscription.awaitPosition(store.head(), PATIENCE)).isTrue();
    }

    @Test
    void a_checkpoint_before_an_event_that_is_not_handled_is_that_of_the_event_before_it() {
        append("a-1", 2);
        Position second = store.head();
        append("a-1", 2);
        Subscription subscription = store.subscribe(
                SubscriptionOptions.durable("d")
                        .onFailure(FailurePolicy.retryForever())
                        .checkpointEvery(1, Duration.ofDays(1)),
                event -> {
                    if (event.version() == 3) {
                        throw new IllegalStateException("no");
                    }
                });
        await().atMost(PATIENCE).until(() -> subscription.position().equals(second));
        subscription.close();
        assertThat(store.subscriptions().find("d").orElseThrow().position()).isEqualTo(second);
    }

    @Test
    void a_start_after_a_hidden_version_begins_with_the_next_that_is_there() {
        append("a-1", 3);
        append("b-1", 2);
        append("a-1", 2);
        admin().truncateBefore(STREAM, 4);
        Subscription subscription =
                store.subscribe(SubscriptionOptions.ephemeral().stream(STREAM).afterVersion(2), seen::add);
        handled(subscription);
        assertThat(seenEvents()).containsExactly("a-1@4", "a-1@5");
    }

    @Test
    void a_parked_event_of_a_truncated_stream_is_replayed() {
        replays(admin -> admin.truncateBefore(STREAM, 3));
    }

    @Test
    void a_parked_event_of_a_deleted_stream_is_replayed() {
        replays(admin -> admin.delete(STREAM, ExpectedVersion.any()));
    }

    @Test
    void a_parked_event_of_a_tombstoned_stream_is_replayed() {
        replays(admin -> admin.tombstone(STREAM, ExpectedVersion.any()));
    }

    /** Hidden events stay in the log until they are scavenged (D4). */
    private void replays(Consumer<StreamAdmin> hiding) {
        AtomicBoolean broken = new AtomicBoolean(true);
        append("b-1", 1);
        append("a-1", 2);
        Subscription subscription = store.subscribe(
                SubscriptionOptions.durable("d").category("a").onFailure(FailurePolicy.park()), event -> {
                    if (broken.get()) {
                        throw new IllegalStateException("no");
                    }
                    seen.add(event);
                });
        handled(subscription);
        hiding.accept(admin());
        broken.set(false);
        assertThat(store.subscriptions().replay("d")).isEqualTo(2);
        await().atMost(PATIENCE).until(() -> parked().isEmpty());
        assertThat(seenEvents()).containsExactly("a-1@1", "a-1@2");
    }

    private StreamAdmin admin() {
        return store.facet(StreamAdmin.class).orElseThrow();
    }
}

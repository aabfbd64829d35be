package io.headwater.esdb;

import static io.headwater.ExpectedVersion.any;
import static io.headwater.ExpectedVersion.exactly;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.headwater.AppendOutcomeUnknown;
import io.headwater.BackendFailure;
import io.headwater.Diagnostics;
import io.headwater.EventData;
import io.headwater.EventStore;
import io.headwater.LogQuery;
import io.headwater.Payload;
import io.headwater.Position;
import io.headwater.RecordedEvent;
import io.headwater.Snapshot;
import io.headwater.SnapshotStore;
import io.headwater.StoreUnavailable;
import io.headwater.StreamId;
import io.headwater.Subscription;
import io.headwater.SubscriptionOptions;
import io.headwater.SubscriptionState;
import io.headwater.esdb.Faults.Fault;
import io.headwater.esdb.server.EsdbServer;
import io.headwater.esdb.server.Profile;
import io.headwater.spi.CheckpointStore;
import io.headwater.spi.CheckpointStore.Lease;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A server that was restored to an earlier state under an open store: it is told, once by a call, and to each subscription (K5). */
class RestoredServerTest {
    /** Ten seconds without a leader that shows what was seen take one. */
    private static final LongSupplier FAST = () -> 10 * System.nanoTime();

    private static final Duration CALL_TIMEOUT = Duration.ofSeconds(20);
    private static final Duration TERM = Duration.ofMinutes(1);
    private static final StreamId STREAM = StreamId.of("order-1");
    private static final StreamId OTHER = StreamId.of("order-2");

    private final EsdbServer server = EsdbServer.start(Profile.V24);
    private final OtherTool tool = new OtherTool(server);
    private final FaultyStore faulty = new FaultyStore(server, CALL_TIMEOUT, FAST);
    private final EventStore store = faulty.store();

    @AfterEach
    void close() {
        faulty.close();
        tool.close();
        server.close();
    }

    private static EventData event() {
        return EventData.json("Happened", "{}");
    }

    private Position append() {
        return store.append(STREAM, any(), event()).position();
    }

    /** Restores a state of one event, after which two more were appended. */
    private void restore() {
        append();
        Runnable back = server.keepState();
        append();
        append();
        back.run();
    }

    private void told(String what, Runnable call) {
        assertThatThrownBy(call::run)
                .isInstanceOf(StoreUnavailable.class)
                .hasMessageContaining("the log went back, %s".formatted(what))
                .hasMessageContaining("was a backup restored?");
        assertThat(store.facet(Diagnostics.class).orElseThrow().describe())
                .extractingByKey("log went back")
                .asString()
                .contains(what);
    }

    @Test
    void an_append_is_told_and_the_next_one_continues_what_is_there() {
        restore();
        told("stream 'order-1' from 3 to 1", this::append);
        assertThat(store.append(STREAM, exactly(1), event()).version()).isEqualTo(2);
        assertThat(store.readStream(STREAM).version()).isEqualTo(2);
    }

    @Test
    void an_exact_append_is_told() {
        restore();
        told("stream 'order-1' from 3 to 1", () -> store.append(STREAM, exactly(3), event()));
    }

    @Test
    void an_append_whose_request_was_lost_is_unknown() {
        append();
        Runnable back = server.keepState();
        append();
        faulty.faults().then(Fault.requestLost().after(back));
        Throwable thrown = catchThrowable(this::append);
        assertThat(thrown)
                .isInstanceOf(AppendOutcomeUnknown.class)
                .hasMessageContaining("the log went back, stream 'order-1' from 2 to 1");
        assertThat(store.append(STREAM, exactly(1), event()).version()).isEqualTo(2);
    }

    @Test
    void a_read_of_a_stream_is_told() {
        restore();
        told("stream 'order-1' from 3 to 1", () -> store.readStream(STREAM));
        assertThat(store.readStream(STREAM).events()).hasSize(1);
    }

    @Test
    void a_look_at_the_end_of_the_log_is_told() {
        append();
        Runnable back = server.keepState();
        Position last = append();
        assertThat(store.head()).isEqualTo(last);
        back.run();
        told("", store::head);
        assertThat(last.isAfter(store.head())).isTrue();
        assertThat(store.log(LogQuery.all()).toList()).hasSize(1);
    }

    @Test
    void calls_that_end_earlier_find_it_out_together() {
        try (FaultyStore impatient = new FaultyStore(server, Duration.ofMillis(400), FAST)) {
            impatient.store().append(STREAM, any(), event());
            Runnable back = server.keepState();
            impatient.store().append(STREAM, any(), event());
            back.run();
            List<String> messages = new ArrayList<>();
            Throwable thrown;
            do {
                thrown = catchThrowable(() -> impatient.store().readStream(STREAM));
                assertThat(thrown).isInstanceOf(StoreUnavailable.class);
                messages.add(thrown.getMessage());
            } while (!thrown.getMessage().contains("the log went back, stream 'order-1' from 2 to 1"));
            assertThat(messages).hasSizeBetween(2, 6);
            assertThat(messages.get(0)).contains("has not what this process has seen");
            assertThat(impatient.store().readStream(STREAM).version()).isEqualTo(1);
        }
    }

    @Test
    void a_change_of_a_subscription_is_told_and_its_lease_is_lost() {
        CheckpointStore checkpoints = store.facet(CheckpointStore.class).orElseThrow();
        append();
        Runnable back = server.keepState();
        Lease lease = checkpoints.acquire("billing", "a", TERM).orElseThrow();
        assertThat(checkpoints.renew(lease, TERM)).isTrue();
        back.run();
        told("stream '$headwater:subscription:billing' from 2 to 0", () -> checkpoints.renew(lease, TERM));
        assertThat(checkpoints.renew(lease, TERM)).isFalse();
        assertThat(checkpoints.acquire("billing", "b", TERM)).isPresent();
    }

    @Test
    void a_snapshot_is_told() {
        SnapshotStore snapshots = store.facet(SnapshotStore.class).orElseThrow();
        append();
        Runnable back = server.keepState();
        snapshots.save(new Snapshot(STREAM, "state", 1, Payload.json("{}")));
        back.run();
        told("stream '$headwater:snapshot:5:state:order-1' from 1 to 0", () -> snapshots.load(STREAM, "state"));
        assertThat(snapshots.load(STREAM, "state")).isEmpty();
    }

    /** A subscription, and the versions that it handled. */
    private record Handled(Subscription subscription, List<Long> versions) {
        static Handled of(EventStore store, SubscriptionOptions options) {
            List<Long> versions = new CopyOnWriteArrayList<>();
            return new Handled(store.subscribe(options, event -> versions.add(event.version())), versions);
        }

        void reach(long version) {
            await().atMost(30, SECONDS).until(() -> versions.contains(version));
        }

        void endsWithFailure() {
            await().atMost(30, SECONDS).until(() -> subscription.state() == SubscriptionState.FAILED);
            assertThat(subscription.completion().toCompletableFuture()).isCompletedExceptionally();
            assertThat(catchThrowable(() ->
                            subscription.completion().toCompletableFuture().join()))
                    .hasRootCauseInstanceOf(BackendFailure.class);
        }
    }

    @Test
    void a_subscription_ends_and_handles_no_event_of_the_restored_log() {
        append();
        Runnable back = server.keepState();
        Handled handled = Handled.of(store, SubscriptionOptions.ephemeral());
        append();
        append();
        handled.reach(3);
        back.run();
        handled.endsWithFailure();
        append();
        assertThat(handled.versions()).containsExactly(1L, 2L, 3L);
    }

    @Test
    void a_durable_subscription_continues_after_the_restored_checkpoint() {
        SubscriptionOptions options = SubscriptionOptions.durable("billing").checkpointEvery(1, Duration.ofDays(1));
        append();
        try (Subscription first = Handled.of(store, options).subscription()) {
            await().atMost(30, SECONDS).until(() -> first.position().isAfter(Position.START));
        }
        Runnable back = server.keepState();
        Handled before = Handled.of(store, options);
        append();
        append();
        before.reach(3);
        back.run();
        before.endsWithFailure();
        Position last = null;
        for (int i = 0; i < 3; i++) {
            last = append();
        }
        Handled after = Handled.of(store, options);
        after.reach(4);
        assertThat(after.versions()).containsExactly(2L, 3L, 4L);
        assertThat(last).isEqualTo(store.head());
        after.subscription().close();
    }

    @Test
    void an_end_of_the_log_that_a_scavenge_removed_is_accepted() {
        append();
        Position last = store.append(OTHER, any(), event()).position();
        assertThat(store.head()).isEqualTo(last);
        tool.tombstone("order-2");
        server.scavenge();
        assertThat(last.isAfter(store.head())).isTrue();
        assertThat(store.log(LogQuery.all()).map(RecordedEvent::stream)).containsExactly(STREAM);
        assertThat(store.facet(Diagnostics.class).orElseThrow().describe()).doesNotContainKey("log went back");
    }
}

package io.headwater.verification.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.headwater.AppendRequest;
import io.headwater.BulkImport;
import io.headwater.EventData;
import io.headwater.EventStore;
import io.headwater.EventStoreConfig;
import io.headwater.EventStoreListener;
import io.headwater.EventStores;
import io.headwater.ExpectedVersion;
import io.headwater.FailurePolicy;
import io.headwater.LeaseChange;
import io.headwater.LogQuery;
import io.headwater.OperationResult;
import io.headwater.OperationResult.Outcome;
import io.headwater.Position;
import io.headwater.StoreClosed;
import io.headwater.StreamAdmin;
import io.headwater.StreamId;
import io.headwater.Subscription;
import io.headwater.SubscriptionOptions;
import io.headwater.SubscriptionState;
import io.headwater.WrongExpectedVersion;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the listener of a store is told of its operations and subscriptions. */
class StoreListenerTest {
    private static final StreamId STREAM = StreamId.of("a-1");
    private static final EventData EVENT = EventData.json("T", "{}");

    private final Recorder recorder = new Recorder();
    private final EventStore store = open(recorder);

    private static EventStore open(EventStoreListener listener) {
        return EventStores.open(EventStoreConfig.of("memory:").listener(listener));
    }

    /** Writes down what it is told, in words. */
    private static class Recorder implements EventStoreListener {
        private final List<OperationResult> results = new CopyOnWriteArrayList<>();
        private final List<String> told = new CopyOnWriteArrayList<>();

        @Override
        public void operationEnded(OperationResult result) {
            results.add(result);
        }

        @Override
        public void subscriptionStarted(Subscription subscription) {
            told.add("started " + subscription.name().orElse("-") + " " + subscription.state());
        }

        @Override
        public void stateChanged(Subscription subscription, SubscriptionState from, SubscriptionState to) {
            told.add(from + " to " + to);
        }

        @Override
        public void leaseChanged(Subscription subscription, LeaseChange change) {
            told.add("lease " + change);
        }

        @Override
        public void retrying(Subscription subscription, int attempts, Throwable failure) {
            told.add("retrying after " + attempts + " because of " + failure.getMessage());
        }

        @Override
        public void skipped(Subscription subscription, Throwable failure) {
            told.add("skipped");
        }

        @Override
        public void parked(Subscription subscription, Throwable failure) {
            told.add("parked");
        }
    }

    @AfterEach
    void close() {
        store.close();
    }

    private OperationResult last() {
        return recorder.results.get(recorder.results.size() - 1);
    }

    @Test
    void an_append_is_reported_with_its_events_and_bytes() {
        store.append(STREAM, ExpectedVersion.noStream(), EVENT, EVENT.withId(UUID.randomUUID()));
        assertThat(last().backend()).isEqualTo("memory");
        assertThat(last().operation()).isEqualTo("append");
        assertThat(last().stream()).contains(STREAM);
        assertThat(last().events()).isEqualTo(2);
        assertThat(last().bytes()).isEqualTo(2 * EVENT.size());
        assertThat(last().outcome()).isEqualTo(Outcome.SUCCEEDED);
        assertThat(last().duration()).isPositive();
        assertThat(last().failure()).isEmpty();
    }

    @Test
    void a_repeat_and_a_conflict_are_no_failures() {
        store.append(STREAM, ExpectedVersion.noStream(), EVENT);
        store.append(STREAM, ExpectedVersion.noStream(), EVENT);
        assertThat(last().outcome()).isEqualTo(Outcome.REPEATED);
        EventData other = EventData.json("T", "{}");
        assertThatThrownBy(() -> store.append(STREAM, ExpectedVersion.noStream(), other))
                .isInstanceOf(WrongExpectedVersion.class);
        assertThat(last().outcome()).isEqualTo(Outcome.CONFLICT);
        assertThat(last().failure()).isEmpty();
    }

    @Test
    void reads_are_reported_with_what_they_returned() {
        store.append(STREAM, ExpectedVersion.noStream(), EVENT);
        store.readStream(STREAM);
        assertThat(last().operation()).isEqualTo("readStream");
        assertThat(last().events()).isEqualTo(1);
        store.readLog(LogQuery.all());
        assertThat(last().operation()).isEqualTo("readLog");
        assertThat(last().bytes()).isEqualTo(EVENT.size());
        assertThat(last().stream()).isEmpty();
    }

    @Test
    void calls_of_facets_are_reported_by_type_and_method() {
        BulkImport bulk = store.facet(BulkImport.class).orElseThrow();
        bulk.appendAll(List.of(
                AppendRequest.to(STREAM, ExpectedVersion.any(), EVENT),
                AppendRequest.to(StreamId.of("b-1"), ExpectedVersion.any(), EventData.json("T", "{}"))));
        assertThat(last().operation()).isEqualTo("BulkImport.appendAll");
        assertThat(last().events()).isEqualTo(2);
        store.facet(StreamAdmin.class).orElseThrow().delete(STREAM, ExpectedVersion.any());
        assertThat(last().operation()).isEqualTo("StreamAdmin.delete");
        assertThat(last().stream()).contains(STREAM);
        assertThat(recorder.results).hasSize(2);
    }

    @Test
    void a_failure_is_reported_with_its_exception() {
        store.close();
        assertThatThrownBy(store::head).isInstanceOf(StoreClosed.class);
        assertThat(last().outcome()).isEqualTo(Outcome.FAILED);
        assertThat(last().failure()).containsInstanceOf(StoreClosed.class);
    }

    @Test
    void the_start_of_an_operation_is_reported_on_its_thread_before_its_end() {
        List<String> told = new CopyOnWriteArrayList<>();
        EventStoreListener tracing = new EventStoreListener() {
            @Override
            public Operation operationStarted(String backend, String operation) {
                Thread thread = Thread.currentThread();
                told.add("started " + operation);
                return result -> told.add("ended " + result.operation() + " " + (thread == Thread.currentThread()));
            }
        };
        try (EventStore traced = open(tracing)) {
            traced.head();
        }
        assertThat(told).containsExactly("started head", "ended head true");
    }

    @Test
    void a_listener_that_throws_breaks_nothing_and_is_logged_once() {
        EventStoreListener broken = new EventStoreListener() {
            @Override
            public Operation operationStarted(String backend, String operation) {
                throw new IllegalStateException("broken");
            }

            @Override
            public void stateChanged(Subscription subscription, SubscriptionState from, SubscriptionState to) {
                throw new AssertionError("broken");
            }
        };
        try (CapturedLog log =
                        CapturedLog.about("the listener " + broken.getClass().getName() + " failed");
                EventStore observed = open(broken)) {
            AtomicInteger seen = new AtomicInteger();
            Subscription subscription =
                    observed.subscribe(SubscriptionOptions.ephemeral(), event -> seen.incrementAndGet());
            observed.append(STREAM, ExpectedVersion.noStream(), EVENT);
            assertThat(subscription.awaitPosition(observed.head(), Duration.ofSeconds(30)))
                    .isTrue();
            assertThat(seen).hasValue(1);
            assertThat(log.records()).hasSize(1);
        }
    }

    @Test
    void several_listeners_are_told_the_same_although_one_throws() {
        EventStoreListener broken = new EventStoreListener() {
            @Override
            public void operationEnded(OperationResult result) {
                throw new IllegalStateException("broken");
            }
        };
        Recorder second = new Recorder();
        try (CapturedLog log = CapturedLog.about("its later failures are not logged");
                EventStore observed = open(EventStoreListener.of(List.of(recorder, broken, second)))) {
            observed.append(STREAM, ExpectedVersion.noStream(), EVENT);
            observed.head();
            assertThat(second.results).hasSize(2).isEqualTo(recorder.results);
            assertThat(log.records()).hasSize(1);
        }
    }

    @Test
    void a_durable_subscription_is_reported_from_its_start_to_its_end() {
        store.append(STREAM, ExpectedVersion.noStream(), EVENT);
        Subscription subscription = store.subscribe(SubscriptionOptions.durable("d"), event -> {});
        await().until(() -> subscription.state() == SubscriptionState.LIVE);
        subscription.close();
        assertThat(recorder.told)
                .startsWith("started d STARTING", "lease ACQUIRED")
                .anyMatch(line -> line.endsWith(" to LIVE"))
                .endsWith("lease RELEASED", "LIVE to CLOSED")
                .doesNotContain("lease LOST");
    }

    @Test
    void a_lease_that_is_lost_is_reported_once_and_so_is_the_next_one() {
        Subscription subscription =
                store.subscribe(SubscriptionOptions.durable("d").leaseTerm(Duration.ofSeconds(1)), event -> {});
        await().until(() -> subscription.state() == SubscriptionState.LIVE);
        store.subscriptions().reset("d", Position.START);
        await().atMost(Duration.ofSeconds(30))
                .until(() ->
                        recorder.told.stream().filter("lease ACQUIRED"::equals).count() == 2);
        assertThat(recorder.told).containsOnlyOnce("lease LOST");
    }

    @Test
    void an_ephemeral_subscription_has_no_lease_to_report() {
        Subscription subscription = store.subscribe(SubscriptionOptions.ephemeral(), event -> {});
        await().until(() -> subscription.state() == SubscriptionState.LIVE);
        subscription.close();
        assertThat(recorder.told).noneMatch(line -> line.startsWith("lease"));
    }

    @Test
    void failures_of_handlers_are_reported() {
        store.append(STREAM, ExpectedVersion.noStream(), EVENT);
        FailurePolicy twice = FailurePolicy.retry(1).thenPark().backOff(Duration.ofMillis(1), Duration.ofMillis(1));
        Subscription subscription =
                store.subscribe(SubscriptionOptions.durable("d").onFailure(twice), event -> {
                    throw new IllegalStateException("no");
                });
        assertThat(subscription.awaitPosition(store.head(), Duration.ofSeconds(30)))
                .isTrue();
        await().until(() -> recorder.told.contains("parked"));
        assertThat(recorder.told).contains("retrying after 1 because of no").doesNotContain("skipped");
    }
}

package io.headwater.verification.engine;

import static io.headwater.ExpectedVersion.any;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.headwater.EventData;
import io.headwater.EventStore;
import io.headwater.EventStores;
import io.headwater.InvalidRequest;
import io.headwater.LogQuery;
import io.headwater.RecordedEvent;
import io.headwater.StreamId;
import io.headwater.SubscriptionEnded;
import io.headwater.SubscriptionOptions;
import io.headwater.spi.Positions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the TCK of Reactive Streams checks only of publishers that have an end, or not at all. */
class PublisherTest {
    private static final int EVENTS = 2000;

    private EventStore store;

    @BeforeEach
    void open() {
        store = EventStores.open("memory:" + UUID.randomUUID());
    }

    @AfterEach
    void close() {
        store.close();
    }

    /** Notes every signal, and whether one came while another was at work. */
    private static class Witness implements Flow.Subscriber<RecordedEvent> {
        final List<RecordedEvent> events = Collections.synchronizedList(new ArrayList<>());
        final List<Throwable> failures = Collections.synchronizedList(new ArrayList<>());
        final AtomicInteger overlaps = new AtomicInteger();
        private final AtomicInteger inside = new AtomicInteger();
        volatile Flow.Subscription subscription;

        private void signal(Runnable work) {
            if (inside.getAndIncrement() > 0) {
                overlaps.incrementAndGet();
            }
            work.run();
            inside.decrementAndGet();
        }

        @Override
        public void onSubscribe(Flow.Subscription given) {
            subscription = given;
        }

        @Override
        public void onNext(RecordedEvent event) {
            signal(() -> events.add(event));
        }

        @Override
        public void onError(Throwable failure) {
            signal(() -> failures.add(failure));
        }

        @Override
        public void onComplete() {
            failures.add(new AssertionError("a log has no end"));
        }
    }

    private Witness subscribe(SubscriptionOptions options) {
        Witness witness = new Witness();
        store.publisher(options).subscribe(witness);
        return witness;
    }

    private void append(int count) {
        for (int i = 0; i < count; i++) {
            store.append(StreamId.of("a-" + i % 7), any(), EventData.json("T", "{}"));
        }
    }

    /** Rules 1.1 and 1.3: each request counts once, and the signals come one after the other. */
    @Test
    void requests_from_many_threads_add_up_and_events_come_one_at_a_time_in_order() throws Exception {
        append(EVENTS);
        Witness witness = subscribe(SubscriptionOptions.ephemeral());
        ExecutorService requesters = Executors.newFixedThreadPool(4);
        for (int i = 0; i < EVENTS - 1; i++) {
            requesters.execute(() -> witness.subscription.request(1));
        }
        requesters.shutdown();
        assertThat(requesters.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
        await().until(() -> witness.events.size() == EVENTS - 1);
        List<RecordedEvent> log = store.log(LogQuery.all()).toList();
        assertThat(witness.events).isEqualTo(log.subList(0, EVENTS - 1));
        assertThat(witness.overlaps).hasValue(0);
        assertThat(witness.failures).isEmpty();
    }

    /** Rule 3.17. */
    @Test
    void more_than_can_be_counted_may_be_requested() {
        Witness witness = subscribe(SubscriptionOptions.ephemeral());
        witness.subscription.request(Long.MAX_VALUE);
        witness.subscription.request(Long.MAX_VALUE);
        witness.subscription.request(2);
        append(10);
        await().until(() -> witness.events.size() == 10);
    }

    /** Rule 1.7. */
    @Test
    void a_store_that_is_closed_fails_its_subscribers_once_and_sends_nothing_after() {
        append(100);
        Witness served = subscribe(SubscriptionOptions.ephemeral());
        Witness idle = subscribe(SubscriptionOptions.ephemeral());
        served.subscription.request(100);
        await().until(() -> served.events.size() == 100);
        store.close();
        for (Witness witness : List.of(served, idle)) {
            await().until(() -> !witness.failures.isEmpty());
            witness.subscription.request(5);
            witness.subscription.cancel();
            assertThat(witness.failures)
                    .hasOnlyElementsOfType(SubscriptionEnded.class)
                    .hasSize(1);
        }
        assertThat(idle.events).isEmpty();
    }

    @Test
    void a_subscription_that_cannot_start_fails_its_subscriber_without_being_asked_for_events() {
        Witness witness = subscribe(SubscriptionOptions.ephemeral().after(Positions.of(77)));
        await().until(() -> !witness.failures.isEmpty());
        assertThat(witness.failures).hasOnlyElementsOfType(InvalidRequest.class).hasSize(1);
    }

    /** Rule 3.5 of a durable one: what was not requested is not handled. */
    @Test
    void after_a_cancellation_the_next_subscriber_goes_on_with_the_first_event_that_was_not_requested() {
        append(10);
        Witness first = subscribe(SubscriptionOptions.durable("d"));
        first.subscription.request(4);
        await().until(() -> first.events.size() == 4);
        first.subscription.cancel();
        Witness second = subscribe(SubscriptionOptions.durable("d"));
        second.subscription.request(6);
        await().until(() -> second.events.size() == 6);
        List<RecordedEvent> both = new ArrayList<>(first.events);
        both.addAll(second.events);
        assertThat(both).isEqualTo(store.log(LogQuery.all()).toList());
    }
}

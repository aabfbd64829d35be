package io.headwater.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.headwater.AppendOutcomeUnknown;
import io.headwater.DeliveryAudit;
import io.headwater.EventData;
import io.headwater.EventStore;
import io.headwater.ExpectedVersion;
import io.headwater.FailurePolicy;
import io.headwater.LogQuery;
import io.headwater.Position;
import io.headwater.RecordedEvent;
import io.headwater.StoreUnavailable;
import io.headwater.StreamId;
import io.headwater.Subscription;
import io.headwater.SubscriptionInfo;
import io.headwater.SubscriptionOptions;
import io.headwater.tck.rule.Tail;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;

/** Who follows the log while others write: by reading on, and by subscriptions that take over from each other. */
final class SoakReaders {
    private static final String NAME = "soak";
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration LEASE = Duration.ofSeconds(2);

    private final Map<Tail, LogQuery> tails = new ConcurrentHashMap<>();
    private final List<UUID> handled = Collections.synchronizedList(new ArrayList<>());
    private final List<Subscription> open = new ArrayList<>();
    private int takeOvers;

    /** Reads until no writer runs any more, and then to the end. */
    int follow(EventStore store, LogQuery query, BooleanSupplier goesOn) {
        Tail tail = new Tail(store, query);
        tails.put(tail, query);
        int reads = 0;
        while (goesOn.getAsBoolean()) {
            readOn(tail);
            reads++;
        }
        return reads;
    }

    private static void readOn(Tail tail) {
        try {
            tail.readOn();
        } catch (StoreUnavailable again) {
            Thread.onSpinWait();
        }
    }

    /** An append comes into the log, for all the transactions that stay open for a while. */
    int watchMark(EventStore store, BooleanSupplier goesOn) {
        StreamId stream = StreamId.of("watched", "1");
        int seen = 0;
        while (goesOn.getAsBoolean()) {
            try {
                EventData event = EventData.json("Watched", "{}");
                Position position =
                        store.append(stream, ExpectedVersion.any(), event).position();
                await().atMost(PATIENCE)
                        .ignoreExceptionsInstanceOf(StoreUnavailable.class)
                        .until(() -> !position.isAfter(store.head()));
                seen++;
            } catch (AppendOutcomeUnknown | StoreUnavailable again) {
                Soak.last(5);
            }
        }
        return seen;
    }

    /** Subscriptions of one name in all stores, one of which is closed and opened again now and then. */
    int subscribe(List<EventStore> stores, Random random, BooleanSupplier goesOn) {
        stores.forEach(store -> open.add(subscribe(store)));
        while (goesOn.getAsBoolean()) {
            Soak.last(200 + random.nextInt(800));
            int one = random.nextInt(open.size());
            open.get(one).close();
            open.set(one, subscribe(stores.get(one)));
            takeOvers++;
        }
        return takeOvers;
    }

    /** When no writer runs any more. */
    void finish(EventStore store) {
        await().atMost(PATIENCE).untilAsserted(() -> {
            open.forEach(subscription ->
                    assertThat(subscription.completion().toCompletableFuture()).isNotDone());
            assertThat(reached(store)).isEqualTo(store.head());
        });
        open.forEach(Subscription::close);
    }

    private static Position reached(EventStore store) {
        return store.subscriptions().find(NAME).map(SubscriptionInfo::position).orElse(Position.START);
    }

    private Subscription subscribe(EventStore store) {
        return store.subscribe(
                SubscriptionOptions.durable(NAME)
                        .audited()
                        .leaseTerm(LEASE)
                        .checkpointEvery(50, Duration.ofMillis(50))
                        .onFailure(FailurePolicy.retryForever()),
                event -> handled.add(event.id()));
    }

    /** No reader skipped an event, or saw another order than the log has at the end. */
    void verify(EventStore store, List<RecordedEvent> log) {
        tails.forEach((tail, query) -> {
            tail.readOn();
            tail.hasSeen(log.stream().filter(query.filter()::accepts).toList());
        });
        handledInOrder(log);
        DeliveryAudit audit = store.subscriptions().audit(NAME);
        assertThat(audit.findings()).isEmpty();
        assertThat(audit.handled()).isEqualTo(log.size());
    }

    /** A holder that takes over MAY begin further back, but never beyond the furthest reader. */
    private void handledInOrder(List<RecordedEvent> log) {
        Map<UUID, Integer> places = new HashMap<>();
        log.forEach(event -> places.put(event.id(), places.size()));
        int reached = 0;
        for (UUID id : handled) {
            int place = places.get(id);
            assertThat(place).as("place of the next event handled").isLessThanOrEqualTo(reached);
            reached = Math.max(reached, place + 1);
        }
        assertThat(reached).isEqualTo(log.size());
    }

    @Override
    public String toString() {
        return "%s handled in %s take-overs".formatted(handled.size(), takeOvers);
    }
}

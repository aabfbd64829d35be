package io.headwater.benchmarks;

import io.headwater.EventStore;
import io.headwater.LogQuery;
import io.headwater.PullSubscription;
import io.headwater.RecordedEvent;
import io.headwater.Subscription;
import io.headwater.SubscriptionOptions;
import io.headwater.spi.Positions;
import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;

/** A subscription from the first event of the log until the last event is handled, again and again. */
final class CatchUp implements Work {
    private static final String DURABLE_NAME = "catch-up";
    private static final int STREAMS = 4;
    private static final int SELDOM = 10_000;
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    /** How events are handled. */
    enum Way {
        ONE("one event at a time"),
        BATCH("batches of 100"),
        PARALLEL("4 streams at a time"),
        DURABLE("one event at a time, durable"),
        DURABLE_SELDOM("one event at a time, durable, checkpoint every 10,000 events"),
        PULL("pull");

        private final String words;

        Way(String words) {
            this.words = words;
        }

        String words() {
            return words;
        }
    }

    private final EventStore store;
    private final Way way;
    private final int events;
    private final long expected;
    private final LongAdder checksum = new LongAdder();

    /** Over a store to which nothing more is appended. */
    CatchUp(EventStore store, Way way) {
        this.store = store;
        this.way = way;
        store.log(LogQuery.all()).forEach(this::handle);
        this.expected = checksum.sumThenReset();
        this.events = Math.toIntExact(store.log(LogQuery.all()).count());
    }

    /** Independent of the order: several streams are handled concurrently. */
    private void handle(RecordedEvent event) {
        checksum.add(31 * (31 * Positions.number(event.position()) + event.version())
                + event.data().size());
    }

    @Override
    public int once() {
        try (Subscription subscription = start()) {
            if (subscription instanceof PullSubscription pulled) {
                pull(pulled);
            }
            check(subscription.awaitLive(PATIENCE) && checksum.sumThenReset() == expected);
        }
        store.subscriptions().forget(DURABLE_NAME);
        return events;
    }

    private Subscription start() {
        SubscriptionOptions ephemeral = SubscriptionOptions.ephemeral();
        SubscriptionOptions durable = SubscriptionOptions.durable(DURABLE_NAME);
        return switch (way) {
            case ONE -> store.subscribe(ephemeral, this::handle);
            case BATCH -> store.subscribeBatches(ephemeral.batchSize(100), batch -> batch.forEach(this::handle));
            case PARALLEL -> store.subscribe(ephemeral.parallelism(STREAMS), this::handle);
            case DURABLE -> store.subscribe(durable, this::handle);
            case DURABLE_SELDOM ->
                store.subscribe(durable.checkpointEvery(SELDOM, durable.checkpointInterval()), this::handle);
            case PULL -> store.pull(ephemeral);
        };
    }

    private void pull(PullSubscription subscription) {
        for (int i = 0; i < events; i++) {
            handle(subscription.next(PATIENCE).orElseThrow());
        }
        subscription.acknowledge();
    }

    private void check(boolean same) {
        if (!same) {
            throw new IllegalStateException(
                    "a subscription, " + way.words() + ", did not handle what is in the log, each event once");
        }
    }
}

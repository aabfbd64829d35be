package io.headwater.tck.catalogue;

import static io.headwater.SubscriptionOptions.ephemeral;
import static io.headwater.tck.rule.Rule.must;

import io.headwater.AsyncBatchHandler;
import io.headwater.Position;
import io.headwater.RecordedEvent;
import io.headwater.StreamId;
import io.headwater.SubscriptionOptions;
import io.headwater.tck.catalogue.support.Follower;
import io.headwater.tck.catalogue.support.Hold;
import io.headwater.tck.rule.Expect;
import io.headwater.tck.rule.RuleContext;
import io.headwater.tck.rule.RuleGroup;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One event after the other, in order, in parallel by stream (S2). */
final class DeliveryOrderRules {
    private static final int STREAMS = 24;
    private static final int EACH = 4;
    private static final int PARALLEL = 4;

    static final RuleGroup GROUP = RuleGroup.of(
            "subscriptions: order",
            must("S2.1", "events of several streams are handled in the order of the log", rule -> {
                List<StreamId> streams = streams(rule);
                Position last = write(rule, streams);
                Follower follower = Follower.of(rule, options(streams));
                follower.reaches(last);
                follower.handledExactly(rule.logOf(streams.toArray(StreamId[]::new)));
            }),
            must("S2.2", "the handler is not called with an event before the previous one is handled", rule -> {
                StreamId stream = rule.stream();
                rule.write(stream, 2);
                Position last = rule.append(stream);
                waitsForTheFirst(rule, options(List.of(stream)), stream, last);
            }),
            must("S2.3", "with parallelism, the events of each stream are handled in order, each once", rule -> {
                List<StreamId> streams = streams(rule);
                write(rule, streams);
                Follower follower = Follower.of(rule, options(streams).parallelism(PARALLEL));
                follower.waitFor(
                        "all events are handled", () -> follower.handled().size() >= STREAMS * EACH);
                streams.forEach(rule::append);
                follower.passes(rule.append(rule.stream()));
                for (StreamId stream : streams) {
                    List<RecordedEvent> handled = of(stream, follower.handled());
                    Expect.versions("handled of " + stream, 1, EACH + 1, handled);
                }
            }),
            must(
                    "S2.4",
                    "with parallelism, the handler is not called with an event before the previous one of its stream is handled",
                    rule -> {
                        List<StreamId> streams = streams(rule);
                        Position last = write(rule, streams);
                        waitsForTheFirst(rule, options(streams).parallelism(PARALLEL), streams.get(0), last);
                    }),
            must("S2.5", "with parallelism, other streams continue while a handler is blocked", rule -> {
                List<StreamId> streams = streams(rule);
                write(rule, streams);
                try (Hold hold = new Hold(rule)) {
                    Follower follower = Follower.of(
                            rule, options(streams).parallelism(PARALLEL), event -> holdFirst(hold, streams, event));
                    hold.isReached();
                    follower.waitFor(
                            "another stream is handled to its end",
                            () -> follower.handled().stream().anyMatch(event -> event.version() == EACH));
                }
            }),
            must("S2.6", "with parallelism, the position stays below the first event that is not handled", rule -> {
                List<StreamId> streams = streams(rule);
                Position last = write(rule, streams);
                Position held = rule.logOf(streams.get(0)).get(0).position();
                try (Hold hold = new Hold(rule)) {
                    Follower follower = Follower.of(
                            rule, options(streams).parallelism(PARALLEL), event -> holdFirst(hold, streams, event));
                    hold.isReached();
                    follower.waitFor(
                            "another stream is handled to its end",
                            () -> follower.handled().stream().anyMatch(event -> event.version() == EACH));
                    Expect.ascending(
                            "position, and the event that is not handled",
                            follower.subscription().position(),
                            held);
                    hold.release();
                    follower.passes(last);
                }
            }),
            must("S2.7", "each batch by stream contains events of one stream, in order", rule -> {
                List<StreamId> streams = streams(rule);
                Position last = write(rule, streams);
                List<Set<String>> together = Collections.synchronizedList(new ArrayList<>());
                Follower follower = Follower.ofBatches(
                        rule,
                        options(streams).batchPerStream(),
                        events -> together.add(events.stream()
                                .map(event -> event.stream().value())
                                .collect(Collectors.toCollection(TreeSet::new))));
                follower.passes(last);
                together.forEach(batch -> Expect.equal("streams in the batch " + batch, 1, batch.size()));
                for (StreamId stream : streams) {
                    Expect.versions("handled of " + stream, 1, EACH, of(stream, follower.handled()));
                }
            }));

    private DeliveryOrderRules() {}

    private static List<StreamId> streams(RuleContext rule) {
        String category = rule.name();
        return Stream.generate(() -> rule.stream(category)).limit(STREAMS).toList();
    }

    private static SubscriptionOptions options(List<StreamId> streams) {
        return ephemeral().category(streams.get(0).category().orElseThrow());
    }

    /** One event to each stream, again and again. */
    private static Position write(RuleContext rule, List<StreamId> streams) {
        Position last = Position.START;
        for (int i = 0; i < EACH; i++) {
            for (StreamId stream : streams) {
                last = rule.append(stream);
            }
        }
        return last;
    }

    private static List<RecordedEvent> of(StreamId stream, List<RecordedEvent> events) {
        return events.stream().filter(event -> event.stream().equals(stream)).toList();
    }

    private static boolean isFirst(StreamId stream, RecordedEvent event) {
        return event.version() == 1 && event.stream().equals(stream);
    }

    private static void holdFirst(Hold hold, List<StreamId> streams, RecordedEvent event) throws InterruptedException {
        if (isFirst(streams.get(0), event)) {
            hold.stop();
        }
    }

    /** While the stage of the stream's first event is not complete, another subscription handles everything. */
    private static void waitsForTheFirst(
            RuleContext rule, SubscriptionOptions options, StreamId stream, Position last) {
        CompletableFuture<Object> first = new CompletableFuture<>();
        AsyncBatchHandler waiting =
                events -> isFirst(stream, events.get(0)) ? first : CompletableFuture.completedFuture(null);
        Follower follower = Follower.ofStages(rule, options.batchSize(1), waiting);
        follower.waitFor(
                "the first event is begun", () -> !of(stream, follower.begun()).isEmpty());
        Follower.of(rule, options).passes(last);
        Expect.versions("begun while the first is not handled", 1, 1, of(stream, follower.begun()));
        first.complete(null);
        follower.passes(last);
        Expect.versions("handled", 1, rule.store().version(stream), of(stream, follower.handled()));
    }
}

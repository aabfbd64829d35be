package io.headwater.tck.catalogue;

import static io.headwater.ExpectedVersion.any;
import static io.headwater.ExpectedVersion.exactly;
import static io.headwater.ExpectedVersion.noStream;
import static io.headwater.tck.rule.Rule.must;
import static io.headwater.tck.rule.Rule.should;

import io.headwater.AppendResult;
import io.headwater.EventData;
import io.headwater.EventStore;
import io.headwater.RecordedEvent;
import io.headwater.StreamId;
import io.headwater.tck.rule.Expect;
import io.headwater.tck.rule.Need;
import io.headwater.tck.rule.RuleContext;
import io.headwater.tck.rule.RuleGroup;
import io.headwater.tck.rule.TestClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What an append does and returns (A1, A2, A8). */
final class AppendRules {
    private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(10);

    static final RuleGroup GROUP = RuleGroup.of(
            "append",
            must("A1.1", "an append returns the version after its last event", rule -> {
                StreamId stream = rule.stream();
                EventStore store = rule.store();
                Expect.equal(
                        "version",
                        3L,
                        store.append(stream, noStream(), rule.events(3)).version());
                Expect.equal(
                        "version",
                        5L,
                        store.append(stream, exactly(3), rule.events(2)).version());
            }),
            must("A1.2", "an append returns the position of its last event", rule -> {
                StreamId stream = rule.stream();
                AppendResult result = rule.store().append(stream, noStream(), rule.events(3));
                RecordedEvent last = rule.store().readStream(stream).events().get(2);
                Expect.equal("position", last.position(), result.position());
            }),
            must("A1.3", "an append that wrote events is not marked as a replay", rule -> {
                AppendResult result = rule.store().append(rule.stream(), any(), rule.event());
                Expect.equal("replayed", false, result.replayed());
            }),
            must("A1.4", "the result of an append names its stream", rule -> {
                StreamId stream = rule.stream();
                AppendResult result = rule.store().append(stream, any(), rule.event());
                Expect.equal("stream", stream, result.stream());
            }),
            must("A1.5", "the events of an append are in the stream in the order given", rule -> {
                StreamId stream = rule.stream();
                List<EventData> events = rule.write(stream, 20);
                Expect.events("stream", events, rule.store().readStream(stream).events());
            }),
            must("A2.1", "the first event of a stream has version 1", rule -> {
                StreamId stream = rule.stream();
                rule.write(stream, 1);
                Expect.versions("stream", 1, 1, rule.store().readStream(stream).events());
            }),
            must("A2.2", "versions grow by one over several appends of several events", rule -> {
                StreamId stream = rule.stream();
                for (int size : List.of(1, 3, 1, 5)) {
                    rule.write(stream, size);
                }
                Expect.versions("stream", 1, 10, rule.store().readStream(stream).events());
            }),
            must("A2.3", "versions grow by one when two instances append in turn", rule -> {
                        StreamId stream = rule.stream();
                        EventStore other = rule.another();
                        for (int i = 0; i < 5; i++) {
                            rule.store().append(stream, any(), rule.events(2));
                            other.append(stream, any(), rule.event());
                        }
                        Expect.versions(
                                "stream", 1, 15, rule.store().readStream(stream).events());
                    })
                    .needs(Need.SECOND_INSTANCE),
            must("A2.4", "an append to a stream does not change the version of another", rule -> {
                StreamId one = rule.stream();
                StreamId other = rule.stream();
                rule.write(one, 1);
                rule.write(other, 7);
                AppendResult result = rule.store().append(one, exactly(1), rule.event());
                Expect.equal("version", 2L, result.version());
            }),
            must("A8.1", "event id, type and data are returned as they were given", rule -> {
                StreamId stream = rule.stream();
                List<EventData> events = List.of(rule.event("One"), rule.event("Two"), rule.event("Three"));
                rule.store().append(stream, any(), events);
                Expect.events("stream", events, rule.store().readStream(stream).events());
            }),
            must("A8.2", "the time of an event is the same on every read path", AppendRules::sameTimeEverywhere),
            must("A8.3", "the time of an event is the same in another instance", rule -> {
                        StreamId stream = rule.stream();
                        rule.write(stream, 1);
                        RecordedEvent here =
                                rule.store().readStream(stream).events().get(0);
                        RecordedEvent there =
                                rule.another().readStream(stream).events().get(0);
                        Expect.equal("recordedAt", here.recordedAt(), there.recordedAt());
                    })
                    .needs(Need.SECOND_INSTANCE),
            should("A8.4", "the time of an event is the time of the append", rule -> {
                StreamId stream = rule.stream();
                rule.write(stream, 1);
                Instant recorded =
                        rule.store().readStream(stream).events().get(0).recordedAt();
                Duration off = Duration.between(recorded, Instant.now()).abs();
                Expect.that(off.compareTo(CLOCKS_DIFFER) < 0, "recordedAt " + recorded + " is off by " + off);
            }),
            must("A8.5", "the time of an event is that of the clock, which may stand still or go back", rule -> {
                        TestClock clock = new TestClock(Duration.ofHours(-3));
                        EventStore store = rule.another(clock);
                        StreamId stream = rule.stream();
                        List<Instant> expected = new ArrayList<>();
                        for (int hours : List.of(0, 0, 1, -2, 3)) {
                            clock.move(Duration.ofHours(hours));
                            expected.add(clock.instant());
                            store.append(stream, any(), rule.event());
                        }
                        Expect.equal(
                                "recordedAt",
                                expected,
                                times(store.readStream(stream).events()));
                        Expect.equal("recordedAt in the log", expected, times(rule.logOf(stream)));
                    })
                    .needs(Need.SECOND_INSTANCE, Need.EVENT_CLOCK));

    private AppendRules() {}

    private static void sameTimeEverywhere(RuleContext rule) {
        StreamId stream = rule.stream();
        rule.write(stream, 2);
        List<Instant> times = times(rule.store().readStream(stream).events());
        Expect.equal("events", 2, times.size());
        Expect.equal(
                "recordedAt, second read",
                times,
                times(rule.store().readStream(stream).events()));
        Expect.equal(
                "recordedAt, lazily", times, times(rule.store().stream(stream).toList()));
        Expect.equal("recordedAt in the log", times, times(rule.logOf(stream)));
    }

    private static List<Instant> times(List<RecordedEvent> events) {
        return events.stream().map(RecordedEvent::recordedAt).toList();
    }
}

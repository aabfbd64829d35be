package io.headwater.tck.catalogue;

import static io.headwater.ExpectedVersion.any;
import static io.headwater.ExpectedVersion.streamExists;
import static io.headwater.tck.rule.Rule.must;

import io.headwater.AppendRequest;
import io.headwater.EventStore;
import io.headwater.InvalidRequest;
import io.headwater.ReadOptions;
import io.headwater.RecordedEvent;
import io.headwater.StreamId;
import io.headwater.StreamSlice;
import io.headwater.tck.catalogue.support.Outcomes;
import io.headwater.tck.rule.Expect;
import io.headwater.tck.rule.Need;
import io.headwater.tck.rule.RuleContext;
import io.headwater.tck.rule.RuleGroup;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** Reading a stream (R1–R4), and that an append is seen at once (T4). */
final class ReadingRules {
    private static final ReadOptions FORWARDS = ReadOptions.forwards();
    private static final ReadOptions BACKWARDS = ReadOptions.backwards();

    /** More than any page. */
    private static final int LONG = 2500;

    static final RuleGroup GROUP = RuleGroup.of(
            "reading",
            must(
                    "R1.1",
                    "a forward read from the beginning returns all events, oldest first",
                    rule -> reads(rule, 5, FORWARDS, 1, 5)),
            must("R1.2", "a forward read begins at the given version", rule -> reads(rule, 5, FORWARDS.from(3), 3, 5)),
            must("R1.3", "a forward read from 0 begins at version 1", rule -> reads(rule, 5, FORWARDS.from(0), 1, 5)),
            must(
                    "R1.4",
                    "a forward read returns no more events than the limit",
                    rule -> reads(rule, 5, FORWARDS.from(2).limit(3), 2, 4)),
            must(
                    "R1.5",
                    "a forward read returns the remaining events if the limit is larger",
                    rule -> reads(rule, 5, FORWARDS.from(4).limit(100), 4, 5)),
            must(
                    "R1.6",
                    "a backward read from the end returns all events, newest first",
                    rule -> reads(rule, 5, BACKWARDS, 5, 1)),
            must(
                    "R1.7",
                    "a backward read begins at the given version",
                    rule -> reads(rule, 5, BACKWARDS.from(3), 3, 1)),
            must(
                    "R1.8",
                    "a backward read returns no more events than the limit",
                    rule -> reads(rule, 5, BACKWARDS.limit(2), 5, 4)),
            must(
                    "R1.9",
                    "a backward read from past the end begins at the last event",
                    rule -> reads(rule, 5, BACKWARDS.from(77), 5, 1)),
            must("R1.10", "a forward read from past the end returns no event", rule -> empty(rule, FORWARDS.from(6))),
            must("R1.11", "a backward read from 0 returns no event", rule -> empty(rule, BACKWARDS.from(0))),
            must("R1.12", "a slice that ends at the limit has the version to read on from", rule -> {
                StreamId stream = streamOf(rule, 5);
                Expect.equal(
                        "next forwards",
                        OptionalLong.of(4),
                        read(rule, stream, FORWARDS.from(2).limit(2)).next());
                Expect.equal(
                        "next backwards",
                        OptionalLong.of(3),
                        read(rule, stream, BACKWARDS.limit(2)).next());
            }),
            must("R1.13", "a slice that reaches the end has no next version", rule -> {
                StreamId stream = streamOf(rule, 5);
                for (ReadOptions options : List.of(FORWARDS.limit(5), BACKWARDS.limit(5))) {
                    StreamSlice slice = read(rule, stream, options);
                    Expect.equal("events", 5, slice.events().size());
                    Expect.equal("next of " + options, OptionalLong.empty(), slice.next());
                }
            }),
            must("R1.14", "every event names the stream that it belongs to", rule -> {
                StreamId stream = streamOf(rule, 3);
                List<StreamId> named = read(rule, stream, FORWARDS).events().stream()
                        .map(RecordedEvent::stream)
                        .toList();
                Expect.equal("streams", List.of(stream, stream, stream), named);
            }),
            must("R2.1", "a stream that was never written reads as empty, at version 0", rule -> {
                StreamId stream = rule.stream();
                for (ReadOptions options : List.of(FORWARDS, BACKWARDS, FORWARDS.from(9))) {
                    StreamSlice slice = read(rule, stream, options);
                    Expect.equal("version", 0L, slice.version());
                    Expect.none("events", slice.events());
                }
            }),
            must("R2.2", "a slice has the version of its stream, even if it has no events", rule -> {
                StreamId stream = streamOf(rule, 5);
                Expect.equal(
                        "version, one event",
                        5L,
                        read(rule, stream, FORWARDS.limit(1)).version());
                Expect.equal(
                        "version, last event",
                        5L,
                        read(rule, stream, BACKWARDS.limit(1)).version());
                Expect.equal(
                        "version, no event",
                        5L,
                        read(rule, stream, FORWARDS.from(9)).version());
            }),
            must("R2.3", "reading does not create a stream", rule -> {
                StreamId stream = rule.stream();
                read(rule, stream, FORWARDS);
                Outcomes.conflict(rule, AppendRequest.to(stream, streamExists(), rule.event()));
            }),
            must("R3.1", "a stream that is longer than any page is read as a whole", rule -> {
                StreamId stream = streamOf(rule, LONG);
                Expect.versions(
                        "forwards", 1, LONG, read(rule, stream, FORWARDS).events());
                Expect.versions(
                        "backwards", LONG, 1, read(rule, stream, BACKWARDS).events());
                Expect.versions(
                        "middle",
                        900,
                        2100,
                        read(rule, stream, FORWARDS.from(900).limit(1201)).events());
            }),
            must("R3.2", "a lazy read of a stream returns the same events", rule -> {
                StreamId stream = streamOf(rule, LONG);
                List<RecordedEvent> whole = read(rule, stream, FORWARDS).events();
                Expect.equal("events", LONG, whole.size());
                try (Stream<RecordedEvent> lazily = rule.store().stream(stream)) {
                    Expect.equal("events", whole, lazily.toList());
                }
            }),
            must("R3.3", "reads of a stream in steps of any size return the same events", rule -> {
                StreamId stream = streamOf(rule, 30);
                for (int step : List.of(1, 7, 29, 30, 31)) {
                    Expect.versions("forwards by " + step, 1, 30, inSteps(rule, stream, FORWARDS.limit(step)));
                    Expect.versions("backwards by " + step, 30, 1, inSteps(rule, stream, BACKWARDS.limit(step)));
                }
            }),
            must("R3.4", "1,000 abandoned reads do not exhaust the store", rule -> {
                StreamId stream = streamOf(rule, 5);
                for (int i = 0; i < 1000; i++) {
                    Expect.equal(
                            "first version",
                            1L,
                            rule.store().stream(stream)
                                    .findFirst()
                                    .orElseThrow()
                                    .version());
                }
                Expect.equal(
                        "version",
                        6L,
                        rule.store().append(stream, any(), rule.event()).version());
            }),
            must("R4.1", "a limit that is not positive is refused", rule -> {
                refused("limit 0", () -> read(rule, rule.stream(), FORWARDS.limit(0)));
                refused("limit -1", () -> read(rule, rule.stream(), FORWARDS.limit(-1)));
            }),
            must(
                    "R4.2",
                    "a negative version is refused",
                    rule -> refused("from -1", () -> read(rule, rule.stream(), FORWARDS.from(-1)))),
            must("T4.1", "the next read sees an append that returned", rule -> {
                StreamId stream = rule.stream();
                for (int version = 1; version <= 50; version++) {
                    rule.write(stream, 1);
                    Expect.versions(
                            "stream", 1, version, read(rule, stream, FORWARDS).events());
                }
            }),
            must("T4.2", "the next read of another instance sees an append that returned", rule -> {
                        StreamId stream = rule.stream();
                        EventStore other = rule.another();
                        for (int version = 1; version <= 50; version++) {
                            rule.write(stream, 1);
                            Expect.versions(
                                    "stream",
                                    1,
                                    version,
                                    other.readStream(stream).events());
                        }
                    })
                    .needs(Need.SECOND_INSTANCE));

    private ReadingRules() {}

    private static StreamId streamOf(RuleContext rule, int events) {
        StreamId stream = rule.stream();
        for (int written = 0; written < events; written += 100) {
            rule.write(stream, Math.min(100, events - written));
        }
        return stream;
    }

    private static StreamSlice read(RuleContext rule, StreamId stream, ReadOptions options) {
        return rule.store().readStream(stream, options);
    }

    private static void reads(RuleContext rule, int events, ReadOptions options, long first, long last) {
        Expect.versions(
                "" + options,
                first,
                last,
                read(rule, streamOf(rule, events), options).events());
    }

    private static void empty(RuleContext rule, ReadOptions options) {
        StreamSlice slice = read(rule, streamOf(rule, 5), options);
        Expect.equal("version", 5L, slice.version());
        Expect.none("" + options, slice.events());
        Expect.equal("next", OptionalLong.empty(), slice.next());
    }

    private static List<RecordedEvent> inSteps(RuleContext rule, StreamId stream, ReadOptions options) {
        List<RecordedEvent> events = new ArrayList<>();
        StreamSlice slice = read(rule, stream, options);
        events.addAll(slice.events());
        while (slice.next().isPresent()) {
            slice = read(rule, stream, options.from(slice.next().getAsLong()));
            Expect.that(!slice.isEmpty(), "the slice before this empty one said that there is more");
            events.addAll(slice.events());
        }
        return events;
    }

    private static void refused(String what, Expect.Call call) {
        Expect.thrown(InvalidRequest.class, what, call);
    }
}

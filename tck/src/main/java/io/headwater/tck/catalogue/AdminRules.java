package io.headwater.tck.catalogue;

import static io.headwater.ExpectedVersion.any;
import static io.headwater.ExpectedVersion.exactly;
import static io.headwater.ExpectedVersion.noStream;
import static io.headwater.ExpectedVersion.streamExists;
import static io.headwater.tck.rule.Rule.must;

import io.headwater.AppendRequest;
import io.headwater.Capability;
import io.headwater.EventStore;
import io.headwater.ExpectedVersion;
import io.headwater.ReadOptions;
import io.headwater.StreamDeleted;
import io.headwater.StreamId;
import io.headwater.StreamSlice;
import io.headwater.WrongExpectedVersion;
import io.headwater.tck.catalogue.support.Outcomes;
import io.headwater.tck.rule.Expect;
import io.headwater.tck.rule.Need;
import io.headwater.tck.rule.RuleContext;
import io.headwater.tck.rule.RuleGroup;
import java.util.List;

/** Deleting and tombstoning streams (D1, D2, D4). */
final class AdminRules {
    static final RuleGroup GROUP = RuleGroup.of(
                    "delete",
                    must("D1.1", "a deleted stream reads as empty, in both directions", rule -> {
                        StreamId stream = deleted(rule, 3);
                        Expect.none("forwards", rule.store().readStream(stream).events());
                        Expect.none(
                                "backwards",
                                rule.store()
                                        .readStream(stream, ReadOptions.backwards())
                                        .events());
                    }),
                    must("D1.2", "a deleted stream keeps its version", rule -> {
                        Expect.equal("version", 3L, rule.store().version(deleted(rule, 3)));
                    }),
                    must(
                            "D1.3",
                            "noStream() accepts a deleted stream, and versions continue",
                            rule -> goesOn(rule, noStream())),
                    must("D1.4", "any() accepts a deleted stream, and versions continue", rule -> goesOn(rule, any())),
                    must(
                            "D1.5",
                            "exactly(n) accepts a deleted stream at version n, and versions continue",
                            rule -> goesOn(rule, exactly(3))),
                    must(
                            "D1.6",
                            "streamExists() does not accept a deleted stream",
                            rule -> Outcomes.conflict(
                                    rule, AppendRequest.to(deleted(rule, 3), streamExists(), rule.event()))),
                    must("D1.7", "exactly(n) does not accept a deleted stream at another version", rule -> {
                        StreamId stream = deleted(rule, 3);
                        Outcomes.conflict(rule, AppendRequest.to(stream, exactly(2), rule.event()));
                        Outcomes.conflict(rule, AppendRequest.to(stream, exactly(4), rule.event()));
                    }),
                    must("D1.8", "a stream that is written again after a delete has only the new events", rule -> {
                        StreamId stream = deleted(rule, 3);
                        rule.write(stream, 2);
                        Expect.versions(
                                "forwards",
                                4,
                                5,
                                rule.store().readStream(stream).events());
                        StreamSlice backwards = rule.store().readStream(stream, ReadOptions.backwards());
                        Expect.versions("backwards", 5, 4, backwards.events());
                        Expect.versions(
                                "from 1",
                                4,
                                4,
                                read(
                                                rule,
                                                stream,
                                                ReadOptions.forwards().from(1).limit(1))
                                        .events());
                    }),
                    must("D1.9", "deleting a stream that was never written is a conflict", rule -> {
                        StreamId stream = rule.stream();
                        conflict("expecting any", () -> rule.admin().delete(stream, any()));
                        conflict("expecting noStream", () -> rule.admin().delete(stream, noStream()));
                        conflict("expecting streamExists", () -> rule.admin().delete(stream, streamExists()));
                    }),
                    must("D1.10", "a delete with another expectation is a conflict, and changes nothing", rule -> {
                        StreamId stream = written(rule, 3);
                        WrongExpectedVersion thrown = conflict(
                                "expecting version 2", () -> rule.admin().delete(stream, exactly(2)));
                        Expect.equal("actual", 3L, thrown.actual());
                        conflict("expecting noStream", () -> rule.admin().delete(stream, noStream()));
                        Expect.versions(
                                "stream", 1, 3, rule.store().readStream(stream).events());
                    }),
                    must("D1.11", "deleting a deleted stream changes nothing", rule -> {
                        StreamId stream = deleted(rule, 3);
                        rule.admin().delete(stream, any());
                        rule.admin().delete(stream, noStream());
                        rule.admin().delete(stream, exactly(3));
                        Expect.equal(
                                "version",
                                4L,
                                rule.store()
                                        .append(stream, noStream(), rule.event())
                                        .version());
                    }),
                    must("D1.12", "a delete of a deleted stream with streamExists() is a conflict", rule -> {
                        StreamId stream = deleted(rule, 3);
                        conflict("expecting streamExists", () -> rule.admin().delete(stream, streamExists()));
                    }),
                    must("D1.13", "a stream that was written again after a delete can be deleted again", rule -> {
                        StreamId stream = deleted(rule, 3);
                        rule.write(stream, 2);
                        rule.admin().delete(stream, exactly(5));
                        Expect.none("events", rule.store().readStream(stream).events());
                        Expect.equal(
                                "version",
                                6L,
                                rule.store()
                                        .append(stream, noStream(), rule.event())
                                        .version());
                    }),
                    must("D1.14", "another instance sees a delete at once", rule -> {
                                EventStore other = rule.another();
                                StreamId stream = written(rule, 2);
                                Expect.versions(
                                        "before", 1, 2, other.readStream(stream).events());
                                rule.admin().delete(stream, any());
                                Expect.none("after", other.readStream(stream).events());
                            })
                            .needs(Need.SECOND_INSTANCE),
                    must("D1.15", "a delete does not change other streams", rule -> {
                        StreamId other = written(rule, 2);
                        deleted(rule, 3);
                        Expect.versions(
                                "other stream",
                                1,
                                2,
                                rule.store().readStream(other).events());
                    }),
                    must(
                            "D2.1",
                            "an append to a tombstoned stream throws StreamDeleted, with any expectation",
                            rule -> {
                                StreamId stream = tombstoned(rule);
                                gone("any", stream, () -> rule.store().append(stream, any(), rule.event()));
                                gone("noStream", stream, () -> rule.store().append(stream, noStream(), rule.event()));
                                gone(
                                        "streamExists",
                                        stream,
                                        () -> rule.store().append(stream, streamExists(), rule.event()));
                                gone("exactly", stream, () -> rule.store().append(stream, exactly(2), rule.event()));
                            }),
                    must("D2.2", "reading a tombstoned stream throws StreamDeleted", rule -> {
                        StreamId stream = tombstoned(rule);
                        gone("forwards", stream, () -> rule.store().readStream(stream));
                        gone("backwards", stream, () -> read(rule, stream, ReadOptions.backwards()));
                        gone("version", stream, () -> rule.store().version(stream));
                    }),
                    must("D2.3", "deleting a tombstoned stream throws StreamDeleted", rule -> {
                        StreamId stream = tombstoned(rule);
                        gone("delete", stream, () -> rule.admin().delete(stream, any()));
                    }),
                    must("D2.4", "tombstoning a tombstoned stream throws StreamDeleted", rule -> {
                        StreamId stream = tombstoned(rule);
                        gone("tombstone", stream, () -> rule.admin().tombstone(stream, any()));
                    }),
                    must("D2.5", "truncating a tombstoned stream throws StreamDeleted", rule -> {
                        StreamId stream = tombstoned(rule);
                        gone("truncate", stream, () -> rule.admin().truncateBefore(stream, 1));
                    }),
                    must("D2.6", "a stream that was never written can be tombstoned", rule -> {
                        for (ExpectedVersion expected : List.of(any(), noStream())) {
                            StreamId stream = rule.stream();
                            rule.admin().tombstone(stream, expected);
                            gone("append", stream, () -> rule.store().append(stream, any(), rule.event()));
                        }
                    }),
                    must("D2.7", "a tombstone with another expectation is a conflict, and changes nothing", rule -> {
                        StreamId stream = written(rule, 2);
                        conflict("expecting version 1", () -> rule.admin().tombstone(stream, exactly(1)));
                        conflict("expecting noStream", () -> rule.admin().tombstone(stream, noStream()));
                        Expect.versions(
                                "stream", 1, 2, rule.store().readStream(stream).events());
                    }),
                    must("D2.8", "a repeated append to a tombstoned stream throws StreamDeleted", rule -> {
                        StreamId stream = rule.stream();
                        AppendRequest request = AppendRequest.to(stream, noStream(), rule.event());
                        rule.store().append(request);
                        rule.admin().tombstone(stream, any());
                        gone("repeat", stream, () -> rule.store().append(request));
                    }),
                    must("D2.9", "an append to several streams, one of which is tombstoned, writes nothing", rule -> {
                                StreamId gone = tombstoned(rule);
                                StreamId other = rule.stream();
                                gone(
                                        "append",
                                        gone,
                                        () -> rule.store()
                                                .append(AppendRequest.to(other, any(), rule.event())
                                                        .and(gone, any(), rule.event())));
                                Expect.equal(
                                        "version of the other stream",
                                        0L,
                                        rule.store().version(other));
                            })
                            .requires(Capability.MULTI_STREAM_APPEND),
                    must("D2.10", "another instance sees a tombstone at once", rule -> {
                                StreamId stream = tombstoned(rule);
                                gone("read", stream, () -> rule.another().readStream(stream));
                            })
                            .needs(Need.SECOND_INSTANCE),
                    must("D2.11", "a deleted stream can be tombstoned", rule -> {
                        StreamId stream = deleted(rule, 2);
                        rule.admin().tombstone(stream, noStream());
                        gone("append", stream, () -> rule.store().append(stream, any(), rule.event()));
                    }),
                    must("D4.1", "the events of a deleted stream stay in the log", rule -> {
                        Expect.versions("log", 1, 3, rule.logOf(deleted(rule, 3)));
                    }),
                    must("D4.2", "the events of a tombstoned stream stay in the log", rule -> {
                        Expect.versions("log", 1, 2, rule.logOf(tombstoned(rule)));
                    }))
            .requires(Capability.STREAM_ADMIN);

    private AdminRules() {}

    private static StreamId written(RuleContext rule, int events) {
        StreamId stream = rule.stream();
        rule.write(stream, events);
        return stream;
    }

    private static StreamId deleted(RuleContext rule, int events) {
        StreamId stream = written(rule, events);
        rule.admin().delete(stream, exactly(events));
        return stream;
    }

    private static StreamId tombstoned(RuleContext rule) {
        StreamId stream = written(rule, 2);
        rule.admin().tombstone(stream, exactly(2));
        return stream;
    }

    private static StreamSlice read(RuleContext rule, StreamId stream, ReadOptions options) {
        return rule.store().readStream(stream, options);
    }

    private static void goesOn(RuleContext rule, ExpectedVersion expected) {
        AppendRequest request = AppendRequest.to(deleted(rule, 3), expected, rule.event());
        Expect.equal("version", 4L, Outcomes.appended(rule, request).version());
    }

    private static WrongExpectedVersion conflict(String what, Expect.Call call) {
        return Expect.thrown(WrongExpectedVersion.class, what, call);
    }

    private static void gone(String what, StreamId stream, Expect.Call call) {
        StreamDeleted thrown = Expect.thrown(StreamDeleted.class, what + " on tombstoned '" + stream + "'", call);
        Expect.equal("stream of StreamDeleted", stream, thrown.stream());
    }
}

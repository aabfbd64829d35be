package io.headwater.tck.catalogue;

import static io.headwater.ExpectedVersion.any;
import static io.headwater.ExpectedVersion.exactly;
import static io.headwater.ExpectedVersion.noStream;
import static io.headwater.tck.rule.Rule.fault;
import static io.headwater.tck.rule.Rule.must;
import static io.headwater.tck.rule.Rule.repeated;

import io.headwater.AppendRequest;
import io.headwater.AppendResult;
import io.headwater.Capability;
import io.headwater.EventData;
import io.headwater.StreamId;
import io.headwater.tck.catalogue.support.Outcomes;
import io.headwater.tck.rule.Expect;
import io.headwater.tck.rule.Need;
import io.headwater.tck.rule.RuleContext;
import io.headwater.tck.rule.RuleGroup;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

/** Repeats of appends with an exact expectation (I1, I2, I4). */
final class IdempotencyRules {
    private static final int RACES = 20;

    static final RuleGroup GROUP = RuleGroup.of(
            "idempotency",
            must("I1.1", "a repeat with noStream() is a replay of the original", rule -> {
                AppendRequest request = AppendRequest.to(rule.stream(), noStream(), rule.events(1));
                Outcomes.replayed(rule, request, Outcomes.appended(rule, request));
            }),
            must("I1.2", "a repeat with an exact version is a replay of the original", rule -> {
                StreamId stream = rule.stream();
                rule.write(stream, 3);
                AppendRequest request = AppendRequest.to(stream, exactly(3), rule.events(1));
                Outcomes.replayed(rule, request, Outcomes.appended(rule, request));
            }),
            must("I1.3", "a repeat of several events returns the version and position of the last", rule -> {
                AppendRequest request = AppendRequest.to(rule.stream(), noStream(), rule.events(7));
                Outcomes.replayed(rule, request, Outcomes.appended(rule, request));
            }),
            must("I1.4", "a repeat writes nothing to the stream", rule -> {
                StreamId stream = rule.stream();
                List<EventData> events = rule.events(2);
                repeat(rule, AppendRequest.to(stream, noStream(), events), 3);
                Expect.events("stream", events, rule.store().readStream(stream).events());
            }),
            must("I1.5", "a repeat writes nothing to the log", rule -> {
                StreamId stream = rule.stream();
                List<EventData> events = rule.events(2);
                repeat(rule, AppendRequest.to(stream, noStream(), events), 3);
                rule.write(rule.stream(), 1);
                Expect.events("log", events, rule.logOf(stream));
            }),
            must("I1.6", "a repeat is recognised after many later appends", rule -> {
                StreamId stream = rule.stream();
                AppendRequest request = AppendRequest.to(stream, noStream(), rule.events(2));
                AppendResult original = Outcomes.appended(rule, request);
                for (int i = 0; i < 30; i++) {
                    rule.write(stream, 1);
                }
                Outcomes.replayed(rule, request, original);
            }),
            must("I1.7", "a repeat of an append in the middle of the stream is recognised", rule -> {
                StreamId stream = rule.stream();
                rule.write(stream, 4);
                AppendRequest request = AppendRequest.to(stream, exactly(4), rule.events(3));
                AppendResult original = Outcomes.appended(rule, request);
                rule.write(stream, 20);
                Outcomes.replayed(rule, request, original);
            }),
            must("I1.8", "another instance recognises a repeat", rule -> {
                        AppendRequest request = AppendRequest.to(rule.stream(), noStream(), rule.events(2));
                        AppendResult original = Outcomes.appended(rule, request);
                        Outcomes.replayed(rule.another(), request, original);
                    })
                    .needs(Need.SECOND_INSTANCE),
            fault("I1.9", "a repeat is recognised after a restart", rule -> {
                        AppendRequest request = AppendRequest.to(rule.stream(), noStream(), rule.events(2));
                        AppendResult original = Outcomes.appended(rule, request);
                        Outcomes.replayed(rule.restarted(), request, original);
                    })
                    .needs(Need.RESTART),
            repeated("I1.10", "an append that is made many times concurrently is written once", rule -> {
                List<StreamId> streams =
                        Stream.generate(rule::stream).limit(RACES).toList();
                Outcomes.writtenOnce(rule, streams, noStream());
                Outcomes.writtenOnce(rule, streams, exactly(2));
            }),
            must("I1.11", "a repeat with noStream() is recognised after a delete and a new append", rule -> {
                        StreamId stream = rule.stream();
                        AppendRequest request = AppendRequest.to(stream, noStream(), rule.events(2));
                        AppendResult original = Outcomes.appended(rule, request);
                        rule.write(stream, 2);
                        rule.admin().delete(stream, exactly(4));
                        rule.write(stream, 1);
                        Outcomes.replayed(rule, request, original);
                    })
                    .requires(Capability.STREAM_ADMIN),
            must("I1.12", "a repeat with noStream() of an append to a deleted stream is recognised", rule -> {
                        StreamId stream = rule.stream();
                        rule.write(stream, 3);
                        rule.admin().delete(stream, exactly(3));
                        AppendRequest request = AppendRequest.to(stream, noStream(), rule.events(2));
                        AppendResult original = Outcomes.appended(rule, request);
                        Outcomes.replayed(rule, request, original);
                        rule.write(stream, 12);
                        Outcomes.replayed(rule, request, original);
                    })
                    .requires(Capability.STREAM_ADMIN),
            must("I1.13", "a repeat with noStream() is recognised after the stream was truncated", rule -> {
                        StreamId stream = rule.stream();
                        AppendRequest request = AppendRequest.to(stream, noStream(), rule.events(4));
                        AppendResult original = Outcomes.appended(rule, request);
                        rule.admin().truncateBefore(stream, 3);
                        Outcomes.replayed(rule, request, original);
                    })
                    .requires(Capability.STREAM_ADMIN),
            must("I1.14", "a repeat with an exact version is recognised after a delete and a new append", rule -> {
                        StreamId stream = rule.stream();
                        rule.write(stream, 2);
                        AppendRequest request = AppendRequest.to(stream, exactly(2), rule.events(2));
                        AppendResult original = Outcomes.appended(rule, request);
                        rule.admin().delete(stream, exactly(4));
                        Outcomes.replayed(rule, request, original);
                        rule.write(stream, 2);
                        Outcomes.replayed(rule, request, original);
                    })
                    .requires(Capability.STREAM_ADMIN),
            must("I2.1", "different events at the same version are a conflict", rule -> {
                AppendRequest request = AppendRequest.to(rule.stream(), noStream(), rule.events(2));
                Outcomes.appended(rule, request);
                unwritten(rule, request, rule.events(2));
            }),
            must("I2.2", "a repeat with one more event is a conflict", rule -> {
                List<EventData> events = rule.events(2);
                AppendRequest request = AppendRequest.to(rule.stream(), noStream(), events);
                Outcomes.appended(rule, request);
                unwritten(rule, request, Outcomes.joined(events, rule.events(1)));
            }),
            must("I2.3", "a repeat in another order is a conflict", rule -> {
                List<EventData> events = rule.events(3);
                AppendRequest request = AppendRequest.to(rule.stream(), noStream(), events);
                Outcomes.appended(rule, request);
                List<EventData> reversed = new ArrayList<>(events);
                Collections.reverse(reversed);
                unwritten(rule, request, reversed);
            }),
            must("I2.4", "a repeat with one other event is a conflict", rule -> {
                List<EventData> events = rule.events(3);
                AppendRequest request = AppendRequest.to(rule.stream(), noStream(), events);
                Outcomes.appended(rule, request);
                unwritten(rule, request, List.of(events.get(0), rule.event(), events.get(2)));
            }),
            must("I2.5", "a repeat with another expected version is a conflict", rule -> {
                StreamId stream = rule.stream();
                rule.write(stream, 2);
                List<EventData> events = rule.events(2);
                Outcomes.appended(rule, AppendRequest.to(stream, exactly(2), events));
                Outcomes.conflict(rule, AppendRequest.to(stream, exactly(1), events));
                Expect.equal("version", 4L, rule.store().version(stream));
            }),
            must("I2.6", "the first part of an append, made as an append of its own, is a conflict", rule -> {
                List<EventData> events = rule.events(3);
                AppendRequest request = AppendRequest.to(rule.stream(), noStream(), events);
                Outcomes.appended(rule, request);
                unwritten(rule, request, events.subList(0, 2));
            }),
            must("I2.7", "the last part of an append, made as an append of its own, is a conflict", rule -> {
                StreamId stream = rule.stream();
                List<EventData> events = rule.events(3);
                Outcomes.appended(rule, AppendRequest.to(stream, noStream(), events));
                Outcomes.conflict(rule, AppendRequest.to(stream, exactly(1), events.subList(1, 3)));
                Expect.equal("version", 3L, rule.store().version(stream));
            }),
            must("I2.8", "two appends combined into one are a conflict", rule -> {
                StreamId stream = rule.stream();
                List<EventData> events = rule.events(2);
                Outcomes.appended(rule, AppendRequest.to(stream, noStream(), events.get(0)));
                Outcomes.appended(rule, AppendRequest.to(stream, exactly(1), events.get(1)));
                Outcomes.conflict(rule, AppendRequest.to(stream, noStream(), events));
                Expect.equal("version", 2L, rule.store().version(stream));
            }),
            must(
                            "I2.9",
                            "the last part of an append, made as an append of its own, is a conflict even if its first part was scavenged",
                            rule -> {
                                StreamId stream = rule.stream();
                                List<EventData> events = rule.events(2);
                                rule.store().append(stream, any(), events);
                                rule.admin().truncateBefore(stream, 2);
                                rule.scavenger().scavenge();
                                Outcomes.conflict(rule, AppendRequest.to(stream, exactly(1), events.get(1)));
                            })
                    .requires(Capability.STREAM_ADMIN, Capability.SCAVENGE),
            must("I4.1", "an event id may occur again in the same stream", rule -> {
                StreamId stream = rule.stream();
                List<EventData> events = rule.events(2);
                Outcomes.appended(rule, AppendRequest.to(stream, noStream(), events));
                Outcomes.appended(rule, AppendRequest.to(stream, exactly(2), events));
                Expect.events(
                        "stream",
                        Outcomes.joined(events, events),
                        rule.store().readStream(stream).events());
            }),
            must("I4.2", "an event id may occur again in another stream", rule -> {
                StreamId other = rule.stream();
                List<EventData> events = rule.events(2);
                Outcomes.appended(rule, AppendRequest.to(rule.stream(), noStream(), events));
                Outcomes.appended(rule, AppendRequest.to(other, noStream(), events));
                Expect.events(
                        "other stream", events, rule.store().readStream(other).events());
            }));

    private IdempotencyRules() {}

    private static void repeat(RuleContext rule, AppendRequest request, int times) {
        AppendResult original = Outcomes.appended(rule, request);
        for (int i = 0; i < times; i++) {
            Outcomes.replayed(rule, request, original);
        }
    }

    private static void unwritten(RuleContext rule, AppendRequest original, List<EventData> other) {
        StreamId stream = original.writes().get(0).stream();
        List<EventData> before = original.writes().get(0).events();
        Outcomes.conflict(rule, AppendRequest.to(stream, noStream(), other));
        Expect.events("stream", before, rule.store().readStream(stream).events());
    }
}

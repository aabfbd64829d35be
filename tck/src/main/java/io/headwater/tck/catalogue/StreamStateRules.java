package io.headwater.tck.catalogue;

import static io.headwater.ExpectedVersion.any;
import static io.headwater.ExpectedVersion.noStream;
import static io.headwater.tck.rule.Rule.must;

import io.headwater.AppendRequest;
import io.headwater.Capabilities;
import io.headwater.Capability;
import io.headwater.Payload;
import io.headwater.ReadOptions;
import io.headwater.Snapshot;
import io.headwater.StreamDeleted;
import io.headwater.StreamId;
import io.headwater.Violation;
import io.headwater.Violation.Reason;
import io.headwater.tck.catalogue.support.StreamStates;
import io.headwater.tck.catalogue.support.StreamStates.Expecting;
import io.headwater.tck.catalogue.support.Way;
import io.headwater.tck.rule.Expect;
import io.headwater.tck.rule.Need;
import io.headwater.tck.rule.RuleContext;
import io.headwater.tck.rule.RuleGroup;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Every expectation of a stream in every state, of every call that has one (A3, A7, D1, D2). */
final class StreamStateRules {
    static final RuleGroup GROUP = RuleGroup.of(
            "streams in every state",
            must(
                    "A3.15",
                    "every expectation of an append accepts exactly the states of a stream that it is for",
                    rule -> new StreamStates(rule).areExpected(appending(rule, Way.ALONE))),
            must(
                            "F2.18",
                            "every expectation of an imported append accepts exactly the states of a stream that it is for",
                            rule -> new StreamStates(rule).areExpected(appending(rule, Way.IMPORTED)))
                    .requires(Capability.BULK_IMPORT),
            must(
                            "T1.6",
                            "every expectation of a held append accepts exactly the states of a stream that it is for",
                            rule -> new StreamStates(rule).areExpected(appending(rule, Way.HELD)))
                    .needs(Need.HELD_APPEND),
            must(
                            "A7.16",
                            "every check accepts exactly the states of a stream that it is for",
                            rule -> new StreamStates(rule).areExpected(checking(rule)))
                    .requires(Capability.MULTI_STREAM_APPEND),
            must(
                            "A7.17",
                            "every expectation of the second of several streams accepts exactly the states that it is for",
                            rule -> new StreamStates(rule).areExpected(appendingSecond(rule)))
                    .requires(Capability.MULTI_STREAM_APPEND),
            must(
                            "D1.19",
                            "every expectation of a delete accepts exactly the states of a stream that it is for",
                            rule -> new StreamStates(rule).areExpected(deleting(rule), Reason.NEVER_WRITTEN))
                    .requires(Capability.STREAM_ADMIN),
            must(
                            "D2.12",
                            "every expectation of a tombstone accepts exactly the states of a stream that it is for",
                            rule -> new StreamStates(rule).areExpected(tombstoning(rule)))
                    .requires(Capability.STREAM_ADMIN),
            must(
                            "D3.12",
                            "a truncation before any version of a stream in any state hides exactly what lies before it",
                            rule -> new StreamStates(rule).areTruncated())
                    .requires(Capability.STREAM_ADMIN),
            must(
                            "Z1.19",
                            "snapshots of any version are kept for streams in every state, whatever becomes of these",
                            StreamStateRules::summarised)
                    .requires(Capability.SNAPSHOTS));

    private StreamStateRules() {}

    private static void summarised(RuleContext rule) {
        Set<Snapshot> saved = new HashSet<>();
        List<StreamId> streams = new StreamStates(rule).streams();
        for (StreamId stream : streams) {
            for (long version : new long[] {1, 3, 5, 100}) {
                Snapshot snapshot =
                        new Snapshot(stream, "of " + version, version, Payload.json("{\"n\":" + version + "}"));
                Expect.equal("saved " + snapshot, true, rule.snapshots().save(snapshot));
                saved.add(snapshot);
            }
        }
        areKept(rule, saved);
        Capabilities capabilities = rule.store().capabilities();
        if (capabilities.supports(Capability.STREAM_ADMIN)) {
            for (StreamId stream : streams.subList(0, streams.size() - 1)) {
                rule.write(stream, 2);
                rule.admin().truncateBefore(stream, 2);
                rule.admin().delete(stream, any());
            }
            areKept(rule, saved);
            rule.admin().tombstone(streams.get(1), any());
            if (capabilities.supports(Capability.SCAVENGE)) {
                rule.scavenger().scavenge();
            }
            areKept(rule, saved);
        }
    }

    private static void areKept(RuleContext rule, Set<Snapshot> saved) {
        for (Snapshot snapshot : saved) {
            Expect.equal(
                    "snapshot '%s' of '%s'".formatted(snapshot.name(), snapshot.stream()),
                    Optional.of(snapshot),
                    rule.snapshots().load(snapshot.stream(), snapshot.name()));
        }
    }

    private static Expecting appending(RuleContext rule, Way way) {
        return (stream, expected) ->
                StreamStates.violations(way.append(rule.store(), AppendRequest.to(stream, expected, rule.event())));
    }

    private static Expecting appendingSecond(RuleContext rule) {
        return (stream, expected) -> {
            AppendRequest request =
                    AppendRequest.to(rule.stream(), noStream(), rule.event()).and(stream, expected, rule.event());
            return StreamStates.violations(rule.store().tryAppend(request));
        };
    }

    private static Expecting checking(RuleContext rule) {
        return (stream, expected) -> {
            StreamId written = rule.stream();
            AppendRequest request =
                    AppendRequest.to(written, noStream(), rule.event()).check(stream, expected);
            List<Violation> violations = StreamStates.violations(rule.store().tryAppend(request));
            Expect.equal(
                    "version of the stream that is written",
                    violations.isEmpty() ? 1L : 0L,
                    rule.store().version(written));
            return violations;
        };
    }

    private static Expecting deleting(RuleContext rule) {
        return (stream, expected) -> {
            rule.admin().delete(stream, expected);
            Expect.none("deleted stream", rule.store().readStream(stream).events());
            return List.of();
        };
    }

    private static Expecting tombstoning(RuleContext rule) {
        return (stream, expected) -> {
            rule.admin().tombstone(stream, expected);
            Expect.thrown(
                    StreamDeleted.class,
                    "reading a tombstoned stream",
                    () -> rule.store().readStream(stream, ReadOptions.forwards()));
            return List.of();
        };
    }
}

package io.headwater.tck.catalogue;

import static io.headwater.ExpectedVersion.exactly;
import static io.headwater.ExpectedVersion.noStream;
import static io.headwater.tck.catalogue.support.RuleLeases.LONG;
import static io.headwater.tck.catalogue.support.RuleLeases.at;
import static io.headwater.tck.catalogue.support.RuleLeases.lease;
import static io.headwater.tck.rule.Rule.must;

import io.headwater.AppendRequest;
import io.headwater.AppendResult;
import io.headwater.Capability;
import io.headwater.EventData;
import io.headwater.EventStore;
import io.headwater.ExpectedVersion;
import io.headwater.Payload;
import io.headwater.ReadOptions;
import io.headwater.RecordedEvent;
import io.headwater.Snapshot;
import io.headwater.StreamId;
import io.headwater.Violation;
import io.headwater.spi.CheckpointStore.Checkpoint;
import io.headwater.spi.CheckpointStore.Lease;
import io.headwater.spi.CheckpointStore.SaveResult;
import io.headwater.tck.catalogue.support.Boundaries;
import io.headwater.tck.catalogue.support.Outcomes;
import io.headwater.tck.rule.Expect;
import io.headwater.tck.rule.RuleContext;
import io.headwater.tck.rule.RuleGroup;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Numbers that get a digit more or have more than 31 bits, and ids that are not random, for all that is counted. */
final class NumberRules {
    private static final List<Long> BEYOND =
            Boundaries.NUMBERS.stream().filter(number -> number > 100).toList();

    static final RuleGroup GROUP = RuleGroup.of(
            "numbers and ids",
            must("A2.5", "versions continue from 9 to 10, from 99 to 100 and from 999 to 1000", rule -> {
                StreamId stream = rule.stream();
                long version = 0;
                for (int count : List.of(9, 1, 1, 88, 1, 1, 90, 90, 90, 90, 90, 90, 90, 90, 90, 88, 1, 1, 1)) {
                    AppendResult result = rule.store().append(stream, exactly(version), rule.events(count));
                    version += count;
                    Expect.equal("version", version, result.version());
                    last(rule.store(), stream, version);
                }
                Expect.versions(
                        "stream", 1, version, rule.store().readStream(stream).events());
                Expect.versions("log", 1, version, rule.logOf(stream));
            }),
            must("A3.14", "an expected version beyond 31 or 32 bits is not treated as a smaller one", rule -> {
                StreamId stream = rule.stream();
                rule.write(stream, 2);
                for (long number : BEYOND) {
                    ExpectedVersion expected = exactly(number == Long.MAX_VALUE ? number : number + 2);
                    Violation violation = Outcomes.conflict(rule, AppendRequest.to(stream, expected, rule.event()))
                            .get(0);
                    Expect.equal("expected", expected, violation.expected());
                    Expect.equal("actual", 2L, violation.actual());
                }
                Expect.versions("stream", 1, 2, rule.store().readStream(stream).events());
            }),
            must("R1.15", "a start version beyond 31 or 32 bits is not treated as a smaller one", rule -> {
                StreamId stream = rule.stream();
                rule.write(stream, 3);
                for (long number : BEYOND) {
                    Expect.none(
                            "forwards from " + number,
                            rule.store()
                                    .readStream(stream, ReadOptions.forwards().from(number))
                                    .events());
                    Expect.versions(
                            "backwards from " + number,
                            3,
                            1,
                            rule.store()
                                    .readStream(stream, ReadOptions.backwards().from(number))
                                    .events());
                }
            }),
            must("D3.11", "a truncation beyond 31 or 32 bits is not treated as a smaller one", rule -> {
                        for (long number : BEYOND) {
                            StreamId stream = rule.stream();
                            rule.write(stream, 3);
                            rule.admin().truncateBefore(stream, number);
                            Expect.none(
                                    "truncated before " + number,
                                    rule.store().readStream(stream).events());
                            rule.write(stream, 1);
                            Expect.versions(
                                    "appended later",
                                    4,
                                    4,
                                    rule.store().readStream(stream).events());
                        }
                    })
                    .requires(Capability.STREAM_ADMIN),
            must("Z1.15", "versions of snapshots are compared as numbers of 63 bits", rule -> {
                        StreamId stream = rule.stream();
                        for (long number : Boundaries.NUMBERS) {
                            Snapshot snapshot = new Snapshot(stream, "state", number, Payload.json("" + number));
                            Expect.equal(
                                    "saved at " + number, true, rule.snapshots().save(snapshot));
                            for (long older : Boundaries.NUMBERS) {
                                if (older <= number) {
                                    Snapshot earlier = new Snapshot(stream, "state", older, Payload.json("{}"));
                                    Expect.equal(
                                            "saved at " + older + " over " + number,
                                            false,
                                            rule.snapshots().save(earlier));
                                }
                            }
                            Expect.equal(
                                    "snapshot",
                                    Optional.of(snapshot),
                                    rule.snapshots().load(stream, "state"));
                        }
                    })
                    .requires(Capability.SNAPSHOTS),
            must("K2.43", "partitions are numbers of 31 bits, and are listed in order", rule -> {
                String name = rule.name();
                Lease lease = lease(rule, name);
                List<Integer> partitions = Boundaries.NUMBERS.stream()
                        .filter(number -> number <= Integer.MAX_VALUE)
                        .map(Long::intValue)
                        .toList();
                for (int i = partitions.size() - 1; i >= 0; i--) {
                    Expect.equal(
                            "save",
                            SaveResult.SAVED,
                            rule.checkpoints().save(lease, partitions.get(i), at(rule, i + 1)));
                }
                List<Checkpoint> loaded = rule.checkpoints().load(name);
                Expect.equal(
                        "partitions",
                        partitions,
                        loaded.stream().map(Checkpoint::partition).toList());
                for (int i = 0; i < partitions.size(); i++) {
                    Expect.equal("checkpoint", at(rule, i + 1), loaded.get(i).position());
                }
            }),
            must("K3.51", "epochs are compared as numbers when they get one more digit", rule -> {
                String name = rule.name();
                List<Lease> leases = new ArrayList<>();
                for (int i = 0; i < 101; i++) {
                    leases.add(rule.checkpoints().acquire(name, "holder", LONG).orElseThrow());
                }
                for (int i = 1; i < leases.size(); i++) {
                    Expect.ascending(
                            "epochs", leases.get(i - 1).epoch(), leases.get(i).epoch());
                }
                Expect.equal(
                        "save by the last", SaveResult.SAVED, rule.checkpoints().save(leases.get(100), 0, at(rule, 1)));
                for (int former : List.of(0, 8, 9, 98, 99)) {
                    Expect.equal(
                            "save under epoch " + leases.get(former).epoch(),
                            SaveResult.FENCED,
                            rule.checkpoints().save(leases.get(former), 0, at(rule, 2)));
                }
            }),
            must("A8.13", "event ids that are not random are returned unchanged, and are distinguished", rule -> {
                StreamId stream = rule.stream();
                List<EventData> events = identified(rule);
                rule.store().append(stream, noStream(), events);
                Expect.events("stream", events, rule.store().readStream(stream).events());
                Expect.events("log", events, rule.logOf(stream));
            }),
            must("I1.17", "repeats are recognised by all bits of their ids, which need not be random", rule -> {
                StreamId stream = rule.stream();
                List<EventData> events = identified(rule);
                for (int i = 0; i < events.size(); i++) {
                    rule.store().append(stream, exactly(i), events.get(i));
                }
                for (int i = 0; i < events.size(); i++) {
                    for (EventData event : events) {
                        repeat(rule, AppendRequest.to(stream, exactly(i), event), event.equals(events.get(i)), i + 1);
                    }
                }
            }));

    private NumberRules() {}

    private static List<EventData> identified(RuleContext rule) {
        List<EventData> events = new ArrayList<>();
        for (UUID id : Boundaries.IDS) {
            events.add(rule.event().withId(id));
        }
        return events;
    }

    private static void repeat(RuleContext rule, AppendRequest request, boolean same, long version) {
        UUID id = request.writes().get(0).events().get(0).id();
        if (same) {
            AppendResult result = rule.store().append(request).get(0);
            Expect.equal("replayed, id " + id, true, result.replayed());
            Expect.equal("version, id " + id, version, result.version());
        } else {
            Outcomes.conflict(rule, request);
        }
    }

    private static void last(EventStore store, StreamId stream, long version) {
        List<RecordedEvent> last =
                store.readStream(stream, ReadOptions.backwards().limit(1)).events();
        Expect.versions("last event", version, version, last);
        Expect.equal("version of the stream", version, store.version(stream));
    }
}

package io.headwater.tck.catalogue;

import static io.headwater.ExpectedVersion.any;
import static io.headwater.ExpectedVersion.exactly;
import static io.headwater.ExpectedVersion.noStream;
import static io.headwater.tck.rule.Rule.fault;
import static io.headwater.tck.rule.Rule.must;

import io.headwater.AppendRequest;
import io.headwater.AppendResult;
import io.headwater.Capability;
import io.headwater.EventData;
import io.headwater.Position;
import io.headwater.RecordedEvent;
import io.headwater.StreamDeleted;
import io.headwater.StreamId;
import io.headwater.spi.Applied;
import io.headwater.spi.Batch;
import io.headwater.spi.Change;
import io.headwater.spi.Change.Advanced;
import io.headwater.spi.Change.Appended;
import io.headwater.spi.Change.Tombstoned;
import io.headwater.spi.CheckpointStore.Lease;
import io.headwater.spi.Fidelity;
import io.headwater.tck.catalogue.support.Copies;
import io.headwater.tck.catalogue.support.Outcomes;
import io.headwater.tck.catalogue.support.RuleLeases;
import io.headwater.tck.rule.Expect;
import io.headwater.tck.rule.Need;
import io.headwater.tck.rule.RuleContext;
import io.headwater.tck.rule.RuleGroup;
import java.util.ArrayList;
import java.util.List;

/** What a store writes of the changes of another (F5, A2, A8). */
final class ApplyRules {
    static final RuleGroup EVENTS = RuleGroup.of(
                    "applied events",
                    must("F5.1", "applied events are those that they were, under their versions", rule -> {
                        StreamId copy = rule.stream();
                        StreamId stream = rule.stream();
                        rule.write(stream, 3);
                        rule.store().append(stream, exactly(3), rule.event().withMetadata("key", "value"));
                        Copies copies = new Copies(rule);
                        List<Change> changes = copies.of(stream, copy);
                        copies.applies(changes);
                        List<EventData> events = events(changes).stream()
                                .map(RecordedEvent::toEventData)
                                .toList();
                        Expect.events(
                                "stream", events, rule.store().readStream(copy).events());
                        Expect.versions(
                                "stream", 1, 4, rule.store().readStream(copy).events());
                        Expect.events("log", events, rule.logOf(copy));
                    }),
                    must("A8.14", "applied events keep the time at which they were recorded", rule -> {
                        StreamId copy = rule.stream();
                        Copies copies = new Copies(rule);
                        List<Change> changes = copiesOf(rule, copies, copy, 2);
                        copies.applies(changes);
                        Expect.equal(
                                "recorded at",
                                events(changes).stream()
                                        .map(RecordedEvent::recordedAt)
                                        .toList(),
                                rule.store().readStream(copy).events().stream()
                                        .map(RecordedEvent::recordedAt)
                                        .toList());
                    }),
                    must("A2.6", "a stream begins above 1 if what was before it no longer exists", rule -> {
                        StreamId copy = rule.stream();
                        Copies copies = new Copies(rule);
                        Appended whole =
                                (Appended) copiesOf(rule, copies, copy, 5).get(0);
                        copies.applies(List.of(new Advanced(copy, 3), Copies.from(whole, 3)));
                        Expect.versions(
                                "stream", 4, 5, rule.store().readStream(copy).events());
                        Expect.versions("log", 4, 5, rule.logOf(copy));
                        rule.store().append(copy, exactly(5), rule.event());
                        Expect.equal("version", 6L, rule.store().version(copy));
                    }),
                    must(
                            "F5.2",
                            "an applied append is one append: a repeat of it is a replay, one of a part a conflict",
                            rule -> {
                                StreamId copy = rule.stream();
                                Copies copies = new Copies(rule);
                                StreamId stream = rule.stream();
                                List<EventData> first = rule.events(2);
                                List<EventData> second = rule.events(2);
                                rule.store().append(stream, noStream(), first);
                                rule.store().append(stream, exactly(2), second);
                                copies.applies(copies.of(stream, copy));
                                AppendResult result = last(rule, copy);
                                Outcomes.replayed(rule, AppendRequest.to(copy, exactly(2), second), result);
                                Outcomes.conflict(rule, AppendRequest.to(copy, exactly(2), second.subList(0, 1)));
                                Outcomes.conflict(
                                        rule, AppendRequest.to(copy, noStream(), Outcomes.joined(first, second)));
                            }),
                    must("F5.3", "a repeat of an applied append without an exact expectation is a replay", rule -> {
                        StreamId copy = rule.stream();
                        Copies copies = new Copies(rule);
                        StreamId stream = rule.stream();
                        List<EventData> repeated = rule.events(2);
                        List<EventData> exact = rule.events(1);
                        rule.store().append(stream, any(), repeated);
                        copies.applies(copies.of(stream, copy));
                        AppendResult result = last(rule, copy);
                        rule.store().append(stream, exactly(2), exact);
                        copies.applies(copies.of(stream, copy));
                        Outcomes.replayed(rule, AppendRequest.to(copy, any(), repeated), result);
                        Outcomes.appended(rule, AppendRequest.to(copy, any(), exact));
                    }),
                    must("F5.4", "the changes of a copy are those of its original", rule -> {
                        StreamId copy = rule.stream();
                        Copies copies = new Copies(rule);
                        StreamId stream = rule.stream();
                        rule.store().append(stream, noStream(), rule.events(2));
                        rule.store().append(stream, any(), rule.events(3));
                        rule.store().append(stream, exactly(5), rule.event());
                        List<Change> original = copies.of(stream, copy);
                        copies.applies(original);
                        Expect.equal("appends", boundaries(original), boundaries(Copies.changes(rule, copy)));
                    }),
                    must("F5.5", "an append to several streams is applied as one", rule -> {
                                StreamId one = rule.stream();
                                StreamId two = rule.stream();
                                List<StreamId> copy = List.of(rule.stream(), rule.stream());
                                rule.store()
                                        .append(AppendRequest.to(one, any(), rule.events(2))
                                                .and(two, any(), rule.event()));
                                Appended original = (Appended)
                                        Copies.changes(rule, one, two).get(0);
                                Appended moved = new Appended(List.of(
                                        Copies.moved(original.writes().get(0), copy.get(0)),
                                        Copies.moved(original.writes().get(1), copy.get(1))));
                                new Copies(rule).applies(List.of(moved));
                                List<Change> changes = Copies.changes(rule, copy.get(0), copy.get(1));
                                Expect.equal(
                                        "streams of each append",
                                        List.of(copy),
                                        changes.stream().map(Change::streams).toList());
                            })
                            .requires(Capability.MULTI_STREAM_APPEND),
                    must("F5.6", "applied changes lie in the log in their order, behind all that was there", rule -> {
                        StreamId one = rule.stream();
                        StreamId two = rule.stream();
                        Copies copies = new Copies(rule);
                        Change first = copiesOf(rule, copies, one, 2).get(0);
                        Change second = copiesOf(rule, copies, two, 1).get(0);
                        Position before = rule.append(rule.stream());
                        copies.applies(List.of(second, first));
                        List<RecordedEvent> log = rule.logOf(one, two);
                        Expect.equal(
                                "streams in the log",
                                List.of(two, one, one),
                                log.stream().map(RecordedEvent::stream).toList());
                        Expect.ascending(
                                "the log before, and what was applied",
                                before,
                                log.get(0).position());
                    }),
                    must("F5.7", "a batch holds more events than an append may, and each append what it may", rule -> {
                        StreamId stream = rule.stream();
                        StreamId copy = rule.stream();
                        int most = Math.min(rule.store().capabilities().limits().maxEventsPerAppend(), 1000);
                        rule.write(stream, most);
                        rule.write(stream, most);
                        rule.write(stream, 1);
                        Copies copies = new Copies(rule);
                        copies.applies(copies.of(stream, copy));
                        Expect.versions(
                                "copy",
                                1,
                                2L * most + 1,
                                rule.store().readStream(copy).events());
                    }))
            .requires(Capability.REPLICATION);

    static final RuleGroup REPEATS = RuleGroup.of(
                    "applied repeats",
                    must("F5.8", "changes that are applied again write nothing", rule -> {
                        StreamId copy = rule.stream();
                        Copies copies = new Copies(rule);
                        List<Change> changes = copiesOf(rule, copies, copy, 3);
                        copies.applies(changes);
                        List<RecordedEvent> before =
                                rule.store().readStream(copy).events();
                        copies.applies(changes);
                        List<Change> twice = new ArrayList<>(changes);
                        twice.addAll(changes);
                        copies.applies(twice);
                        Expect.equal(
                                "events", before, rule.store().readStream(copy).events());
                        Expect.equal("log", before, rule.logOf(copy));
                    }),
                    must("F5.9", "another event at its version makes a batch diverge, and nothing is written", rule -> {
                        StreamId copy = rule.stream();
                        Copies copies = new Copies(rule);
                        StreamId before = rule.stream();
                        Change fits = copiesOf(rule, copies, before, 1).get(0);
                        copies.applies(copiesOf(rule, copies, copy, 2));
                        Change other = copiesOf(rule, copies, copy, 2).get(0);
                        List<String> progress = copies.progress();
                        copies.diverges(copy, 1, List.of(fits, other));
                        Expect.versions(
                                "stream", 1, 2, rule.store().readStream(copy).events());
                        Expect.equal(
                                "version of the stream before", 0L, rule.store().version(before));
                        Expect.equal("progress", progress, copies.progress());
                    }),
                    must("F5.10", "an event with the same id and another content makes a batch diverge", rule -> {
                        StreamId copy = rule.stream();
                        Copies copies = new Copies(rule);
                        Appended original =
                                (Appended) copiesOf(rule, copies, copy, 1).get(0);
                        copies.applies(List.of(original));
                        StreamId stream = rule.stream();
                        rule.store()
                                .append(
                                        stream,
                                        noStream(),
                                        rule.event()
                                                .withId(original.events().get(0).id()));
                        copies.diverges(copy, 1, copies.of(stream, copy));
                    }),
                    must("F5.11", "an event beyond the next version makes a batch diverge", rule -> {
                        StreamId copy = rule.stream();
                        Copies copies = new Copies(rule);
                        Appended whole =
                                (Appended) copiesOf(rule, copies, copy, 3).get(0);
                        copies.diverges(copy, 2, List.of(Copies.from(whole, 1)));
                        Expect.equal("version", 0L, rule.store().version(copy));
                    }),
                    must(
                            "F5.12",
                            "an event that another writer appended at its version makes a batch diverge",
                            rule -> {
                                StreamId copy = rule.stream();
                                Copies copies = new Copies(rule);
                                StreamId stream = rule.stream();
                                rule.write(stream, 2);
                                copies.applies(copies.of(stream, copy));
                                rule.write(stream, 1);
                                rule.write(copy, 1);
                                copies.diverges(copy, 3, copies.of(stream, copy));
                                Expect.versions(
                                        "stream",
                                        1,
                                        3,
                                        rule.store().readStream(copy).events());
                            }),
                    must("F5.13", "an emptied stream does not begin again", rule -> {
                                StreamId copy = rule.stream();
                                Copies copies = new Copies(rule);
                                List<Change> changes = copiesOf(rule, copies, copy, 2);
                                copies.applies(changes);
                                rule.admin().delete(copy, any());
                                copies.applies(changes);
                                copies.diverges(copy, 1, copiesOf(rule, copies, copy, 1));
                                Expect.equal("version", 2L, rule.store().version(copy));
                                Expect.none(
                                        "events", rule.store().readStream(copy).events());
                            })
                            .requires(Capability.STREAM_ADMIN),
                    must("F5.14", "an event of a version that was removed counts as applied", rule -> {
                                StreamId copy = rule.stream();
                                Copies copies = new Copies(rule);
                                List<Change> changes = copiesOf(rule, copies, copy, 2);
                                copies.applies(changes);
                                rule.admin().truncateBefore(copy, 2);
                                rule.scavenger().scavenge();
                                copies.applies(changes);
                                Expect.versions(
                                        "events",
                                        2,
                                        2,
                                        rule.store().readStream(copy).events());
                                Expect.versions("log", 2, 2, rule.logOf(copy));
                            })
                            .requires(Capability.STREAM_ADMIN, Capability.SCAVENGE))
            .requires(Capability.REPLICATION);

    static final RuleGroup STREAMS = RuleGroup.of(
                    "applied truncations, leases and progress",
                    must("F5.15", "a truncation is applied, and never taken back", rule -> {
                                StreamId copy = rule.stream();
                                Copies copies = new Copies(rule);
                                StreamId stream = rule.stream();
                                rule.write(stream, 5);
                                rule.admin().truncateBefore(stream, 2);
                                List<Change> changes = copies.of(stream, copy);
                                copies.applies(changes);
                                Expect.versions(
                                        "copy",
                                        2,
                                        5,
                                        rule.store().readStream(copy).events());
                                rule.admin().truncateBefore(copy, 4);
                                copies.applies(changes);
                                Expect.versions(
                                        "copy",
                                        4,
                                        5,
                                        rule.store().readStream(copy).events());
                                Expect.versions("log", 1, 5, rule.logOf(copy));
                            })
                            .requires(Capability.STREAM_ADMIN),
                    must("F5.16", "a truncation beyond the end advances the stream", rule -> {
                                StreamId copy = rule.stream();
                                Copies copies = new Copies(rule);
                                StreamId stream = rule.stream();
                                rule.write(stream, 4);
                                rule.admin().delete(stream, any());
                                rule.write(stream, 1);
                                List<Change> changes = copies.of(stream, copy);
                                copies.applies(changes.subList(1, 3));
                                Expect.versions(
                                        "copy",
                                        5,
                                        5,
                                        rule.store().readStream(copy).events());
                            })
                            .requires(Capability.STREAM_ADMIN),
                    must("F5.17", "a tombstone is applied, also of a stream that was never written", rule -> {
                                StreamId copy = rule.stream();
                                StreamId unwritten = rule.stream();
                                Copies copies = new Copies(rule);
                                StreamId stream = rule.stream();
                                rule.write(stream, 2);
                                rule.admin().tombstone(stream, any());
                                List<Change> changes = new ArrayList<>(copies.of(stream, copy));
                                Tombstoned tombstone = (Tombstoned) changes.get(1);
                                changes.add(new Tombstoned(tombstone.position(), unwritten));
                                for (int time = 0; time < 2; time++) {
                                    copies.applies(changes);
                                    for (StreamId ended : List.of(copy, unwritten)) {
                                        Expect.thrown(
                                                StreamDeleted.class,
                                                "read",
                                                () -> rule.store().readStream(ended));
                                    }
                                }
                            })
                            .requires(Capability.STREAM_ADMIN),
                    must("F5.18", "the progress of a lane is recorded under the lease", rule -> {
                        StreamId copy = rule.stream();
                        Copies copies = new Copies(rule);
                        copies.applies(copiesOf(rule, copies, copy, 1));
                        Expect.equal("progress", List.of("0 " + rule.start()), copies.progress());
                    }),
                    must("F5.19", "a lost lease writes neither changes nor progress", rule -> {
                        StreamId copy = rule.stream();
                        String name = rule.name();
                        Lease lost = RuleLeases.lease(rule, name);
                        Copies copies = new Copies(rule, RuleLeases.lease(rule, name));
                        List<Change> changes = copiesOf(rule, copies, copy, 1);
                        Batch batch = copies.batch(changes);
                        Expect.equal(
                                "applied under the lost lease",
                                new Applied.Fenced(),
                                rule.replication().apply(lost, batch));
                        Expect.equal("version", 0L, rule.store().version(copy));
                        Expect.none("progress", copies.progress());
                        copies.applies(changes);
                        rule.checkpoints().release(RuleLeases.holder(rule, name).lease());
                        Expect.equal("applied under a released lease", new Applied.Fenced(), copies.apply(changes));
                    }),
                    must("F5.20", "positions that the log has passed are not kept, and nothing is written", rule -> {
                        if (!rule.replication().fidelity().contains(Fidelity.POSITIONS)) {
                            return;
                        }
                        StreamId copy = rule.stream();
                        String name = rule.name();
                        Copies copies = new Copies(rule);
                        List<Change> changes = copiesOf(rule, copies, copy, 1);
                        Batch kept = new Batch(0, name, true, changes, rule.start());
                        Applied applied = rule.replication().apply(RuleLeases.lease(rule, name), kept);
                        Expect.that(applied instanceof Applied.Diverged, "expected it to diverge, was " + applied);
                        Expect.equal("version", 0L, rule.store().version(copy));
                    }),
                    fault("F5.21", "a store that lost its last changes has them again, at their positions", rule -> {
                                if (!rule.replication().fidelity().contains(Fidelity.POSITIONS)) {
                                    return;
                                }
                                StreamId stream = rule.stream();
                                String name = rule.name();
                                rule.write(stream, 2);
                                Runnable back = rule.keepState();
                                rule.write(rule.stream(), 2);
                                rule.write(stream, 3);
                                rule.admin().truncateBefore(stream, 2);
                                rule.write(stream, 1);
                                List<Change> all = Copies.changes(rule, stream);
                                List<RecordedEvent> log = rule.logOf(stream);
                                back.run();
                                List<Change> lost = all.subList(1, all.size());
                                Batch kept = new Batch(0, name, true, lost, rule.start());
                                Applied applied = rule.replication().apply(RuleLeases.lease(rule, name), kept);
                                Expect.that(
                                        applied instanceof Applied.Done, "expected it to be applied, was " + applied);
                                Expect.equal("changes", all, Copies.changes(rule, stream));
                                Expect.equal("log", log, rule.logOf(stream));
                                Expect.versions(
                                        "stream",
                                        2,
                                        6,
                                        rule.store().readStream(stream).events());
                            })
                            .requires(Capability.STREAM_ADMIN)
                            .needs(Need.PUT_BACK))
            .requires(Capability.REPLICATION);

    private ApplyRules() {}

    /** An append of new events, as one to this stream. */
    private static List<Change> copiesOf(RuleContext rule, Copies copies, StreamId copy, int count) {
        StreamId stream = rule.stream();
        rule.store().append(stream, noStream(), rule.events(count));
        return copies.of(stream, copy);
    }

    private static List<RecordedEvent> events(List<Change> changes) {
        return changes.stream()
                .flatMap(change -> ((Appended) change).events().stream())
                .toList();
    }

    /** The versions of each append, and whether its expectation was non-exact. */
    private static List<String> boundaries(List<Change> changes) {
        return changes.stream()
                .flatMap(change -> ((Appended) change).writes().stream())
                .map(write ->
                        write.afterVersion() + 1 + " to " + write.version() + (write.nonExact() ? ", non-exact" : ""))
                .toList();
    }

    private static AppendResult last(RuleContext rule, StreamId stream) {
        List<RecordedEvent> events = rule.store().readStream(stream).events();
        RecordedEvent last = events.get(events.size() - 1);
        return new AppendResult(stream, last.version(), last.position(), false);
    }
}

package io.headwater.tck.catalogue;

import static io.headwater.ExpectedVersion.any;
import static io.headwater.ExpectedVersion.exactly;
import static io.headwater.ExpectedVersion.noStream;
import static io.headwater.tck.rule.Rule.must;

import io.headwater.AppendRequest;
import io.headwater.AppendResult;
import io.headwater.Capability;
import io.headwater.EventData;
import io.headwater.Position;
import io.headwater.RecordedEvent;
import io.headwater.StreamId;
import io.headwater.spi.Change;
import io.headwater.spi.Change.Advanced;
import io.headwater.spi.Change.Appended;
import io.headwater.tck.catalogue.support.Copies;
import io.headwater.tck.catalogue.support.Outcomes;
import io.headwater.tck.rule.Expect;
import io.headwater.tck.rule.RuleContext;
import io.headwater.tck.rule.RuleGroup;
import java.util.ArrayList;
import java.util.List;

/** Events that a store writes of the changes of another, and those that it has already (F5, A2, A8). */
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
                        List<Change> changes = copies.ofNew(copy, 2);
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
                        Appended whole = (Appended) copies.ofNew(copy, 5).get(0);
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
                        Change first = copies.ofNew(one, 2).get(0);
                        Change second = copies.ofNew(two, 1).get(0);
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
                        List<Change> changes = copies.ofNew(copy, 3);
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
                        Change fits = copies.ofNew(before, 1).get(0);
                        copies.applies(copies.ofNew(copy, 2));
                        Change other = copies.ofNew(copy, 2).get(0);
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
                        Appended original = (Appended) copies.ofNew(copy, 1).get(0);
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
                        Appended whole = (Appended) copies.ofNew(copy, 3).get(0);
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
                                List<Change> changes = copies.ofNew(copy, 2);
                                copies.applies(changes);
                                rule.admin().delete(copy, any());
                                copies.applies(changes);
                                copies.diverges(copy, 1, copies.ofNew(copy, 1));
                                Expect.equal("version", 2L, rule.store().version(copy));
                                Expect.none(
                                        "events", rule.store().readStream(copy).events());
                            })
                            .requires(Capability.STREAM_ADMIN),
                    must("F5.14", "an event of a version that was removed counts as applied", rule -> {
                                StreamId copy = rule.stream();
                                Copies copies = new Copies(rule);
                                List<Change> changes = copies.ofNew(copy, 2);
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

    private ApplyRules() {}

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

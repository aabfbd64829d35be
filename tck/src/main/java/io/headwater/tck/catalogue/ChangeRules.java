package io.headwater.tck.catalogue;

import static io.headwater.ExpectedVersion.any;
import static io.headwater.ExpectedVersion.exactly;
import static io.headwater.ExpectedVersion.noStream;
import static io.headwater.ExpectedVersion.streamExists;
import static io.headwater.tck.catalogue.support.Copies.changes;
import static io.headwater.tck.rule.Rule.must;

import io.headwater.AppendRequest;
import io.headwater.Capability;
import io.headwater.EventData;
import io.headwater.LogFilter;
import io.headwater.LogQuery;
import io.headwater.Position;
import io.headwater.RecordedEvent;
import io.headwater.StreamId;
import io.headwater.spi.Change;
import io.headwater.spi.Change.Appended;
import io.headwater.spi.Change.Tombstoned;
import io.headwater.spi.Change.Truncated;
import io.headwater.spi.ChangePage;
import io.headwater.tck.catalogue.support.Copies;
import io.headwater.tck.catalogue.support.HeldScene;
import io.headwater.tck.rule.Expect;
import io.headwater.tck.rule.Need;
import io.headwater.tck.rule.RuleContext;
import io.headwater.tck.rule.RuleGroup;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** What a store returns of its changes (F4). */
final class ChangeRules {
    static final RuleGroup GROUP = RuleGroup.of(
                    "changes",
                    must("F4.1", "the changes have each append once, with its events as the log has them", rule -> {
                        StreamId one = rule.stream();
                        StreamId two = rule.stream();
                        rule.write(one, 3);
                        rule.write(two, 1);
                        rule.write(one, 2);
                        List<Change> changes = changes(rule, one, two);
                        Expect.equal("events of each append", List.of(3, 1, 2), sizes(changes));
                        Expect.equal("events", rule.logOf(one, two), events(changes));
                    }),
                    must("F4.2", "an append to several streams is one change, in the order of its writes", rule -> {
                                StreamId one = rule.stream();
                                StreamId two = rule.stream();
                                AppendRequest first = AppendRequest.to(two, any(), rule.events(2))
                                        .and(one, any(), rule.event());
                                AppendRequest second = AppendRequest.to(one, any(), rule.event())
                                        .and(two, any(), rule.event());
                                rule.store().append(first);
                                rule.store().append(second);
                                rule.write(one, 1);
                                rule.write(two, 1);
                                List<List<StreamId>> streams = changes(rule, one, two).stream()
                                        .map(Change::streams)
                                        .toList();
                                Expect.equal(
                                        "streams of each append",
                                        List.of(List.of(two, one), List.of(one, two), List.of(one), List.of(two)),
                                        streams);
                            })
                            .requires(Capability.MULTI_STREAM_APPEND),
                    must("F4.3", "the last appends without an exact expectation are told to be such", rule -> {
                        StreamId stream = rule.stream();
                        rule.store().append(stream, noStream(), rule.event());
                        rule.store().append(stream, any(), rule.events(2));
                        rule.store().append(stream, exactly(3), rule.event());
                        rule.store().append(stream, streamExists(), rule.event());
                        List<Boolean> repeated = changes(rule, stream).stream()
                                .map(change ->
                                        ((Appended) change).writes().get(0).nonExact())
                                .toList();
                        Expect.equal("without an exact expectation", List.of(false, true, false, true), repeated);
                    }),
                    must(
                                    "F4.4",
                                    "truncations and deletes are changes, between the appends before and after them",
                                    rule -> {
                                        StreamId stream = rule.stream();
                                        rule.write(stream, 5);
                                        rule.admin().truncateBefore(stream, 3);
                                        rule.write(stream, 1);
                                        rule.admin().delete(stream, any());
                                        rule.write(stream, 1);
                                        Expect.equal(
                                                "changes",
                                                List.of("5 events", "first 3", "1 events", "first 7", "1 events"),
                                                names(changes(rule, stream)));
                                    })
                            .requires(Capability.STREAM_ADMIN),
                    must("F4.5", "a tombstone is a change, also that of a stream that was never written", rule -> {
                                StreamId stream = rule.stream();
                                StreamId unwritten = rule.stream();
                                rule.write(stream, 2);
                                rule.admin().tombstone(stream, any());
                                rule.admin().tombstone(unwritten, noStream());
                                Expect.equal(
                                        "changes",
                                        List.of("2 events", "tombstone", "tombstone"),
                                        names(changes(rule, stream, unwritten)));
                            })
                            .requires(Capability.STREAM_ADMIN),
                    must("F4.6", "a truncation or delete that hides nothing is no change", rule -> {
                                StreamId stream = rule.stream();
                                StreamId unwritten = rule.stream();
                                rule.write(stream, 3);
                                rule.admin().truncateBefore(stream, 1);
                                rule.admin().truncateBefore(stream, 3);
                                rule.admin().truncateBefore(stream, 2);
                                rule.admin().truncateBefore(unwritten, 2);
                                rule.admin().delete(stream, any());
                                rule.admin().delete(stream, any());
                                Expect.equal(
                                        "changes",
                                        List.of("3 events", "first 3", "first 4"),
                                        names(changes(rule, stream, unwritten)));
                            })
                            .requires(Capability.STREAM_ADMIN),
                    must("F4.7", "a page ends with the change that reaches the limit, and cuts no append", rule -> {
                        StreamId stream = rule.stream();
                        List.of(3, 1, 1, 4, 1).forEach(count -> rule.write(stream, count));
                        List<Change> all = changes(rule, stream);
                        LogFilter own = new LogFilter(Set.of(), Set.of(), stream.value());
                        Expect.equal("pages of 1", List.of(3, 1, 1, 4, 1), sizes(inPages(rule, own, 1, 1)));
                        Expect.equal("pages of 2", all, inPages(rule, own, 2, 2));
                        Expect.equal("pages of 5", all, inPages(rule, own, 5, 3));
                    }),
                    must("F4.8", "a filter accepts appends as a whole, by any of their events", rule -> {
                        StreamId stream = rule.stream();
                        StreamId other = rule.stream();
                        EventData wanted = rule.event(rule.name());
                        rule.store().append(stream, any(), rule.event(), wanted, rule.event());
                        rule.write(stream, 1);
                        rule.write(other, 1);
                        String category = stream.category().orElseThrow();
                        LogFilter type = new LogFilter(Set.of(), Set.of(wanted.type()), "");
                        LogFilter ofCategory = new LogFilter(Set.of(category), Set.of(), "");
                        LogFilter prefix = new LogFilter(Set.of(), Set.of(), stream.value());
                        Expect.equal("by type", List.of(3), sizes(filtered(rule, type, stream, other)));
                        Expect.equal("by category", List.of(3, 1), sizes(filtered(rule, ofCategory, stream, other)));
                        Expect.equal("by prefix", List.of(3, 1), sizes(filtered(rule, prefix, stream, other)));
                    }),
                    must(
                                    "F4.9",
                                    "a filter accepts truncations and tombstones by their streams, whatever the types",
                                    rule -> {
                                        StreamId stream = rule.stream();
                                        StreamId other = rule.stream();
                                        Stream.of(stream, other).forEach(each -> {
                                            rule.write(each, 3);
                                            rule.admin().truncateBefore(each, 3);
                                            rule.admin().tombstone(each, any());
                                        });
                                        String category = stream.category().orElseThrow();
                                        LogFilter filter = new LogFilter(Set.of(category), Set.of(rule.name()), "");
                                        Expect.equal(
                                                "changes",
                                                List.of("first 3", "tombstone"),
                                                names(filtered(rule, filter, stream, other)));
                                    })
                            .requires(Capability.STREAM_ADMIN),
                    must("F4.10", "a truncation has a place in the log, from which the log can be read", rule -> {
                                StreamId stream = rule.stream();
                                Position before = rule.append(stream);
                                rule.append(stream);
                                rule.admin().truncateBefore(stream, 2);
                                Position after = rule.append(stream);
                                Position place = changes(rule, stream).stream()
                                        .filter(Truncated.class::isInstance)
                                        .map(change -> ((Truncated) change).position())
                                        .findFirst()
                                        .orElseThrow();
                                Expect.ascending("an append and the truncation after it", before, place);
                                Expect.ascending("a truncation and the append after it", place, after);
                                LogFilter own = new LogFilter(Set.of(), Set.of(), stream.value());
                                List<RecordedEvent> events = rule.log(
                                        rule.store(),
                                        LogQuery.all().after(place).filter(own));
                                Expect.versions("log after the truncation", 3, 3, events);
                            })
                            .requires(Capability.STREAM_ADMIN),
                    must(
                                    "F4.11",
                                    "no change appears at or below a position up to which the changes were read",
                                    rule -> {
                                        StreamId stream = rule.stream();
                                        ChangePage page;
                                        try (HeldScene held = HeldScene.of(rule, HeldScene.request(rule, stream, 2))) {
                                            held.append(rule.stream());
                                            page = lastPage(rule);
                                            held.commit();
                                        }
                                        Position first = rule.store()
                                                .readStream(stream)
                                                .events()
                                                .get(0)
                                                .position();
                                        Expect.ascending("what was read, and a held append", page.scannedTo(), first);
                                        rule.awaitLog(rule.store());
                                        List<Change> later = Copies.after(
                                                rule.replication(), page.scannedTo(), LogFilter.all(), 100);
                                        Expect.that(
                                                later.stream()
                                                        .anyMatch(change ->
                                                                change.streams().contains(stream)),
                                                "the append that was committed late is not among the changes after those read");
                                    })
                            .needs(Need.HELD_APPEND),
                    must("F4.12", "hidden events are among the changes until they are scavenged", rule -> {
                                StreamId stream = rule.stream();
                                rule.write(stream, 5);
                                rule.write(stream, 2);
                                rule.admin().truncateBefore(stream, 3);
                                Expect.equal(
                                        "changes",
                                        List.of("5 events", "2 events", "first 3"),
                                        names(changes(rule, stream)));
                                rule.scavenger().scavenge();
                                List<Change> left = changes(rule, stream);
                                Expect.equal(
                                        "changes after the scavenge",
                                        List.of("3 events", "2 events", "first 3"),
                                        names(left));
                                Expect.versions("events after the scavenge", 3, 7, events(left));
                            })
                            .requires(Capability.STREAM_ADMIN, Capability.SCAVENGE),
                    must("F4.13", "every instance returns the same changes", rule -> {
                                StreamId stream = rule.stream();
                                rule.write(stream, 2);
                                rule.write(stream, 1);
                                Expect.equal(
                                        "changes of another instance",
                                        changes(rule, stream),
                                        changes(rule, rule.another(), LogFilter.all(), stream));
                            })
                            .needs(Need.SECOND_INSTANCE))
            .requires(Capability.REPLICATION);

    private ChangeRules() {}

    private static List<Integer> sizes(List<Change> changes) {
        return changes.stream()
                .map(change ->
                        change instanceof Appended appended ? appended.events().size() : 0)
                .toList();
    }

    private static List<RecordedEvent> events(List<Change> changes) {
        return changes.stream()
                .filter(Appended.class::isInstance)
                .flatMap(change -> ((Appended) change).events().stream())
                .toList();
    }

    /** Each change as a word or two. */
    private static List<String> names(List<Change> changes) {
        return changes.stream().map(ChangeRules::name).toList();
    }

    private static String name(Change change) {
        if (change instanceof Appended appended) {
            return appended.events().size() + " events";
        } else if (change instanceof Truncated truncated) {
            return "first " + truncated.first();
        }
        return change instanceof Tombstoned ? "tombstone" : change.toString();
    }

    private static List<Change> filtered(RuleContext rule, LogFilter filter, StreamId... streams) {
        return changes(rule, rule.store(), filter, streams);
    }

    /** All changes, read in pages; fails if a page has more than this number of changes. */
    private static List<Change> inPages(RuleContext rule, LogFilter filter, int limit, int most) {
        List<Change> changes = new ArrayList<>();
        Position from = rule.start();
        boolean more = true;
        while (more) {
            ChangePage page = rule.replication().changes(from, filter, limit);
            Expect.that(
                    page.changes().size() <= most,
                    "a page with the limit %s has %s changes"
                            .formatted(limit, page.changes().size()));
            Expect.that(!page.more() || page.scannedTo().isAfter(from), "a page of changes made no progress");
            changes.addAll(page.changes());
            from = page.scannedTo();
            more = page.more();
        }
        return changes;
    }

    private static ChangePage lastPage(RuleContext rule) {
        ChangePage page = rule.replication().changes(rule.start(), LogFilter.all(), 100);
        while (page.more()) {
            page = rule.replication().changes(page.scannedTo(), LogFilter.all(), 100);
        }
        return page;
    }
}

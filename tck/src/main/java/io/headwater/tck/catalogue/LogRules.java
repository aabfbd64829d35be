package io.headwater.tck.catalogue;

import static io.headwater.ExpectedVersion.any;
import static io.headwater.ExpectedVersion.exactly;
import static io.headwater.tck.rule.Rule.fault;
import static io.headwater.tck.rule.Rule.must;
import static io.headwater.tck.rule.Rule.should;

import io.headwater.AppendRequest;
import io.headwater.AppendResult;
import io.headwater.Capabilities;
import io.headwater.Capability;
import io.headwater.EventStore;
import io.headwater.LogFilter;
import io.headwater.LogPage;
import io.headwater.LogQuery;
import io.headwater.Position;
import io.headwater.RecordedEvent;
import io.headwater.StreamId;
import io.headwater.tck.catalogue.support.Outcomes;
import io.headwater.tck.rule.Declaration;
import io.headwater.tck.rule.Expect;
import io.headwater.tck.rule.Need;
import io.headwater.tck.rule.PagedLog;
import io.headwater.tck.rule.RuleContext;
import io.headwater.tck.rule.RuleGroup;
import java.time.Instant;
import java.util.List;

/** The global log as such: order, positions, head (G1, G2, G4, G5, G7–G10). */
final class LogRules {
    static final RuleGroup GROUP = RuleGroup.of(
            "log",
            must("G1.1", "every event is in the log exactly once", rule -> {
                StreamId one = rule.stream();
                StreamId two = rule.stream();
                interleave(rule, one, two);
                Expect.versions("first stream", 1, 5, rule.logOf(one));
                Expect.versions("second stream", 1, 10, rule.logOf(two));
            }),
            must("G1.2", "the log is the same at each read", rule -> {
                List<RecordedEvent> first = interleaved(rule);
                Expect.equal("log", first, rule.log(LogFilter.all()).subList(0, first.size()));
            }),
            must("G1.3", "the log is the same in another instance", rule -> {
                        StreamId one = rule.stream();
                        StreamId two = rule.stream();
                        interleave(rule, one, two);
                        LogQuery query = LogQuery.all().after(rule.start());
                        List<RecordedEvent> there = rule.log(rule.another(), query);
                        Expect.equal("events", 15, rule.logOf(one, two).size());
                        Expect.equal("log", rule.logOf(one, two), only(there, one, two));
                    })
                    .needs(Need.SECOND_INSTANCE),
            must("G2.1", "positions grow strictly along the log", rule -> {
                ascending(interleaved(rule));
            }),
            must("G2.2", "the text form of positions sorts like the positions, and can be parsed", rule -> {
                List<Position> positions = positions(interleaved(rule));
                List<String> texts = positions.stream().map(Position::toString).toList();
                Expect.equal("sorted texts", texts.stream().sorted().toList(), texts);
                Expect.equal(
                        "parsed", positions, texts.stream().map(Position::parse).toList());
            }),
            must("G2.3", "positions grow within one append", rule -> {
                StreamId stream = rule.stream();
                rule.write(stream, 10);
                List<RecordedEvent> events = rule.store().readStream(stream).events();
                Expect.equal("events", 10, events.size());
                ascending(events);
            }),
            must("G4.1", "refused appends do not hold up the log", rule -> {
                StreamId stream = rule.stream();
                rule.write(stream, 1);
                for (int i = 0; i < 20; i++) {
                    Outcomes.conflict(rule, AppendRequest.to(stream, exactly(7), rule.event()));
                }
                AppendResult last = rule.store().append(stream, exactly(1), rule.event());
                rule.eventually(
                        "the log reaches " + last.position(),
                        () -> !last.position().isAfter(rule.store().head()));
            }),
            must("G5.1", "the log keeps the order of every stream", rule -> {
                StreamId stream = rule.stream();
                interleave(rule, stream, rule.stream());
                Expect.versions("stream in the log", 1, 5, rule.logOf(stream));
            }),
            must("G5.2", "an append that began after another one returned is later in the log", rule -> {
                Position before = rule.start();
                for (int i = 0; i < 50; i++) {
                    Position next = rule.store()
                            .append(rule.stream(), any(), rule.event())
                            .position();
                    Expect.ascending("positions of successive appends", before, next);
                    before = next;
                }
            }),
            must("G5.3", "an append that began after one in another instance returned is later in the log", rule -> {
                        EventStore other = rule.another();
                        Position before = rule.start();
                        for (int i = 0; i < 50; i++) {
                            EventStore store = i % 2 == 0 ? rule.store() : other;
                            Position next = store.append(rule.stream(), any(), rule.event())
                                    .position();
                            Expect.ascending("positions of successive appends", before, next);
                            before = next;
                        }
                    })
                    .needs(Need.SECOND_INSTANCE),
            must("G7.1", "no page has an event beyond the head", rule -> {
                interleaved(rule);
                LogPage page = rule.store().readLog(LogQuery.all().after(rule.start()));
                Position head = rule.store().head();
                Expect.that(!page.events().isEmpty(), "the page is empty");
                page.events()
                        .forEach(event -> Expect.that(
                                !event.position().isAfter(head), "event at " + event.position() + ", head at " + head));
            }),
            must("G7.2", "the head never goes back", rule -> {
                Position before = rule.start();
                for (int i = 0; i < 20; i++) {
                    rule.write(rule.stream(), 1);
                    Position head = rule.store().head();
                    Expect.that(!before.isAfter(head), "head went from " + before + " to " + head);
                    before = head;
                }
                rule.awaitLog(rule.store());
                Expect.ascending(
                        "head before and after", rule.start(), rule.store().head());
            }),
            must("G7.3", "reading the log to its end reaches the head", rule -> {
                rule.write(rule.stream(), 3);
                rule.awaitLog(rule.store());
                Position head = rule.store().head();
                LogPage end = PagedLog.toEnd(rule.store(), LogQuery.all().after(rule.start()));
                Position scanned = end.scannedTo();
                Expect.that(
                        end.events().size() >= 3, "the log has " + end.events().size() + " events");
                Expect.that(!head.isAfter(scanned), "the head was " + head + ", the log was read to " + scanned);
            }),
            must("G8.1", "an append becomes visible in the log within the declared time", rule -> {
                StreamId stream = rule.stream();
                rule.write(stream, 3);
                Declaration.ofLogVisibility(rule.store().capabilities())
                        .holds(() -> Expect.versions("log", 1, 3, rule.logOf(stream)));
            }),
            must("G8.2", "if the log is declared to be immediate, an append is in it when it returns", rule -> {
                Position appended =
                        rule.store().append(rule.stream(), any(), rule.event()).position();
                Position head = rule.store().head();
                Expect.ascending("head before, and the append", rule.start(), appended);
                Capabilities declared = rule.store().capabilities();
                if (declared.logVisibility().isImmediate()) {
                    Declaration.ofLogVisibility(declared)
                            .holds(() -> Expect.that(
                                    !appended.isAfter(head), "appended at " + appended + ", head at " + head));
                }
            }),
            must("G9.1", "an event has the same position on every read path", rule -> {
                String category = rule.name();
                StreamId stream = rule.stream(category);
                AppendResult result = rule.store().append(stream, any(), rule.events(3));
                List<Position> positions =
                        positions(rule.store().readStream(stream).events());
                Expect.equal("position of the append", result.position(), positions.get(2));
                Expect.equal("in the log", positions, positions(rule.logOf(stream)));
                Expect.equal(
                        "in the category",
                        positions,
                        positions(rule.log(LogQuery.category(category).filter())));
            }),
            must("G9.2", "an event has the same position in another instance", rule -> {
                        StreamId stream = rule.stream();
                        rule.write(stream, 3);
                        List<Position> here =
                                positions(rule.store().readStream(stream).events());
                        Expect.equal("events", 3, here.size());
                        Expect.equal(
                                "positions",
                                here,
                                positions(rule.another().readStream(stream).events()));
                    })
                    .needs(Need.SECOND_INSTANCE),
            fault("G9.3", "events and positions are the same after a restart", rule -> {
                        LogQuery query = LogQuery.all().after(rule.start());
                        StreamId stream = rule.stream();
                        rule.write(stream, 3);
                        List<RecordedEvent> before = rule.logOf(stream);
                        Expect.equal("events", 3, before.size());
                        EventStore again = rule.restarted();
                        Expect.equal("stream", before, again.readStream(stream).events());
                        Expect.equal("log", before, only(rule.log(again, query), stream));
                    })
                    .needs(Need.RESTART),
            fault("G9.4", "positions continue to grow after a restart", rule -> {
                        Position before = rule.store()
                                .append(rule.stream(), any(), rule.event())
                                .position();
                        Position after = rule.restarted()
                                .append(rule.stream(), any(), rule.event())
                                .position();
                        Expect.ascending("positions before and after", before, after);
                    })
                    .needs(Need.RESTART),
            must("G10.1", "the position of the time of an event lies before the event", rule -> {
                        StreamId stream = rule.stream();
                        rule.write(stream, 1);
                        rule.awaitLog(rule.store());
                        RecordedEvent event =
                                rule.store().readStream(stream).events().get(0);
                        Position at = rule.store().positionAt(event.recordedAt());
                        Expect.ascending("position at " + event.recordedAt(), at, event.position());
                    })
                    .requires(Capability.POSITION_AT_TIME),
            must("G10.2", "no event of a later time lies at or before the position of a time", rule -> {
                        StreamId stream = rule.stream();
                        for (int i = 0; i < 20; i++) {
                            rule.write(stream, 1);
                        }
                        List<RecordedEvent> events = rule.logOf(stream);
                        Instant middle = events.get(10).recordedAt();
                        Position at = rule.store().positionAt(middle);
                        events.stream()
                                .filter(event -> !event.recordedAt().isBefore(middle))
                                .forEach(event -> Expect.ascending(
                                        "position at " + middle + " and event of " + event.recordedAt(),
                                        at,
                                        event.position()));
                    })
                    .requires(Capability.POSITION_AT_TIME),
            must("G10.3", "the position of a time before all events lies before all events", rule -> {
                        rule.write(rule.stream(), 1);
                        rule.awaitLog(rule.store());
                        Position first = rule.store()
                                .readLog(LogQuery.all().limit(1))
                                .events()
                                .get(0)
                                .position();
                        Expect.ascending(
                                "position of the first time", rule.store().positionAt(Instant.MIN), first);
                    })
                    .requires(Capability.POSITION_AT_TIME),
            must("G10.4", "the position of a future time is not beyond the head", rule -> {
                        rule.write(rule.stream(), 1);
                        rule.awaitLog(rule.store());
                        Position at = rule.store().positionAt(Instant.now().plusSeconds(3600));
                        Position next = rule.store()
                                .append(rule.stream(), any(), rule.event())
                                .position();
                        Expect.ascending("position of a time to come, and the next append", at, next);
                    })
                    .requires(Capability.POSITION_AT_TIME),
            should("G10.6", "the position of a time is not before events that are an hour older", LogRules::notEarly)
                    .requires(Capability.POSITION_AT_TIME),
            must("G10.10", "every time has a position, including the last time that can be expressed", rule -> {
                        rule.write(rule.stream(), 1);
                        rule.awaitLog(rule.store());
                        Position last = rule.store().positionAt(Instant.MAX);
                        Expect.ascending(
                                "position of the last time, and the next event", last, rule.append(rule.stream()));
                    })
                    .requires(Capability.POSITION_AT_TIME));

    private LogRules() {}

    private static void notEarly(RuleContext rule) {
        rule.append(rule.stream());
        rule.awaitLog(rule.store());
        notEarly(rule, Instant.now().plusSeconds(3601));
    }

    /** What lies behind an event of then or later, as clocks jump and go back, may be as old as it likes. */
    static void notEarly(RuleContext rule, Instant time) {
        LogQuery query = LogQuery.all().after(rule.store().positionAt(time)).limit(1);
        rule.store()
                .readLog(query)
                .events()
                .forEach(event -> Expect.that(
                        !event.recordedAt().isBefore(time.minusSeconds(3600)),
                        "the position of %s is before the event of %s at %s, and could be after it"
                                .formatted(time, event.recordedAt(), event.position())));
    }

    /** Five events in the first stream, ten in the second, in turn. */
    private static void interleave(RuleContext rule, StreamId one, StreamId two) {
        for (int i = 0; i < 5; i++) {
            rule.write(one, 1);
            rule.write(two, 2);
        }
    }

    /** The log since the check began, with at least these fifteen events. */
    private static List<RecordedEvent> interleaved(RuleContext rule) {
        interleave(rule, rule.stream(), rule.stream());
        List<RecordedEvent> log = rule.log(LogFilter.all());
        Expect.that(log.size() >= 15, "of 15 events the log has " + log.size());
        return log;
    }

    private static List<RecordedEvent> only(List<RecordedEvent> events, StreamId... streams) {
        List<StreamId> wanted = List.of(streams);
        return events.stream().filter(event -> wanted.contains(event.stream())).toList();
    }

    private static List<Position> positions(List<RecordedEvent> events) {
        return events.stream().map(RecordedEvent::position).toList();
    }

    private static void ascending(List<RecordedEvent> events) {
        for (int i = 1; i < events.size(); i++) {
            Expect.ascending(
                    "neighbours", events.get(i - 1).position(), events.get(i).position());
        }
    }
}

package io.headwater.tck.catalogue;

import static io.headwater.ExpectedVersion.any;
import static io.headwater.ExpectedVersion.exactly;
import static io.headwater.tck.rule.Rule.must;
import static io.headwater.tck.rule.Rule.repeated;

import io.headwater.AppendRequest;
import io.headwater.Capability;
import io.headwater.EventData;
import io.headwater.EventStore;
import io.headwater.ExpectedVersion;
import io.headwater.LogFilter;
import io.headwater.LogQuery;
import io.headwater.Position;
import io.headwater.ReadOptions;
import io.headwater.RecordedEvent;
import io.headwater.StreamId;
import io.headwater.tck.catalogue.support.Load;
import io.headwater.tck.catalogue.support.Many;
import io.headwater.tck.rule.Concurrently;
import io.headwater.tck.rule.Expect;
import io.headwater.tck.rule.Need;
import io.headwater.tck.rule.RuleContext;
import io.headwater.tck.rule.RuleGroup;
import io.headwater.tck.rule.Tail;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;

/** What readers see while others write: whole appends only, and no event too late (T1–T3, G3). */
final class VisibilityRules {
    private static final int BATCH = 5;
    private static final int PAGE = 7;

    /** More than a store may write at once. */
    private static final int LARGE_BATCH = 600;

    private static final int LARGE_APPENDS = 8;

    static final RuleGroup GROUP = RuleGroup.of(
            "visibility",
            must("T1.1", "an append of many events is stored as a whole", rule -> {
                StreamId stream = rule.stream();
                List<EventData> events = rule.write(stream, 100);
                Expect.events("stream", events, rule.store().readStream(stream).events());
            }),
            repeated("T2.1", "no reader of a stream sees part of an append", rule -> {
                StreamId stream = rule.stream();
                Load load = new Load(writer -> rule.write(stream, BATCH));
                load.whileRunning(() -> {
                    whole("forwards", rule.store().readStream(stream).events());
                    whole(
                            "backwards",
                            rule.store()
                                    .readStream(stream, ReadOptions.backwards())
                                    .events());
                });
                Expect.equal("version", (long) Load.TOTAL * BATCH, rule.store().version(stream));
            }),
            repeated("T2.2", "no reader of a stream sees a version without the ones before it", rule -> {
                StreamId stream = rule.stream();
                Load load = new Load(writer -> rule.write(stream, 1));
                load.whileRunning(() -> {
                    List<RecordedEvent> events = rule.store().readStream(stream).events();
                    if (!events.isEmpty()) {
                        Expect.versions("stream", 1, events.size(), events);
                    }
                });
                Expect.equal("version", (long) Load.TOTAL, rule.store().version(stream));
            }),
            repeated("T2.3", "no reader of the log sees part of an append", rule -> {
                String category = rule.name();
                LogQuery query = LogQuery.category(category).after(rule.start());
                Load load = new Load(writer -> rule.write(rule.stream(category), BATCH));
                load.whileRunning(() -> whole("log", rule.store().log(query).toList()));
                Expect.equal(
                        "events", Load.TOTAL * BATCH, rule.log(query.filter()).size());
            }),
            repeated("T2.7", "no reader sees part of an append of hundreds of events", VisibilityRules::largeAppends),
            repeated("T3.1", "the events of an append are adjacent in the log, even with concurrent writers", rule -> {
                List<List<UUID>> appends = new ArrayList<>();
                new Load(writer -> keep(appends, rule.write(rule.stream(), BATCH))).run();
                adjacent(rule.log(LogFilter.all()), appends);
            }),
            repeated(
                            "T3.2",
                            "the events of an append to several streams are adjacent in the log, in the order of the writes",
                            rule -> {
                                List<List<UUID>> appends = new ArrayList<>();
                                new Load(writer -> {
                                            List<EventData> events = rule.events(3);
                                            rule.store()
                                                    .append(AppendRequest.to(rule.stream(), any(), events.subList(0, 2))
                                                            .and(rule.stream(), any(), events.get(2)));
                                            keep(appends, events);
                                        })
                                        .run();
                                adjacent(rule.log(LogFilter.all()), appends);
                            })
                    .requires(Capability.MULTI_STREAM_APPEND),
            repeated("G3.1", "a reader that follows the log misses no event", rule -> {
                StreamId shared = rule.stream();
                follow(
                        rule,
                        rule.store(),
                        LogFilter.all(),
                        writer -> rule.write(writer % 2 == 0 ? shared : rule.stream(), 2));
            }),
            repeated("G3.2", "a reader that follows a part of the log misses no event of that part", rule -> {
                String category = rule.name();
                LogFilter filter = LogQuery.category(category).filter();
                follow(
                        rule,
                        rule.store(),
                        filter,
                        writer -> rule.write(writer % 2 == 0 ? rule.stream(category) : rule.stream(), 1));
            }),
            repeated(
                            "G3.3",
                            "a reader in another instance that follows the log misses no event",
                            rule -> follow(
                                    rule, rule.another(), LogFilter.all(), writer -> rule.write(rule.stream(), 2)))
                    .needs(Need.SECOND_INSTANCE),
            repeated("G3.4", "no event appears at or below a head that was returned", rule -> {
                Position start = rule.start();
                Load load = new Load(writer -> rule.write(rule.stream(), 1));
                load.whileRunning(() -> {
                    Position head = rule.store().head();
                    List<RecordedEvent> first = below(rule, start, head);
                    Expect.equal(
                            "events up to " + head,
                            first.size(),
                            below(rule, start, head).size());
                });
                Expect.that(rule.log(LogFilter.all()).size() >= Load.TOTAL, "events are missing in the log");
            }),
            repeated("G3.5", "many concurrent readers of the log each see every event once, in order", rule -> {
                        LogQuery query = LogQuery.all().after(rule.start()).limit(PAGE);
                        EventStore other = rule.another();
                        List<Tail> tails = List.of(
                                new Tail(rule.store(), query),
                                new Tail(rule.store(), query.limit(1)),
                                new Tail(other, query),
                                new Tail(other, query.limit(100)));
                        new Load(writer -> rule.write(rule.stream(), 1 + writer))
                                .whileRunning(() -> tails.forEach(Tail::readOn));
                        List<RecordedEvent> log = rule.log(LogFilter.all());
                        Expect.that(log.size() >= Load.TOTAL, "the log has " + log.size() + " events");
                        tails.forEach(Tail::readOn);
                        tails.forEach(tail -> tail.hasSeen(log));
                    })
                    .needs(Need.SECOND_INSTANCE));

    private VisibilityRules() {}

    private static void whole(String what, List<RecordedEvent> events) {
        whole(what, BATCH, events);
    }

    private static void whole(String what, int batch, List<RecordedEvent> events) {
        Expect.equal(what + ": events of a part of an append, of " + events.size(), 0, events.size() % batch);
    }

    private static void largeAppends(RuleContext rule) throws Exception {
        int batch = Math.min(LARGE_BATCH, rule.store().capabilities().limits().maxEventsPerAppend());
        StreamId stream = rule.stream();
        LogQuery query = LogQuery.category(stream.category().orElseThrow()).after(rule.start());
        AtomicBoolean running = new AtomicBoolean(true);
        Concurrently.all(List.of(
                () -> {
                    try {
                        for (int i = 0; i < LARGE_APPENDS; i++) {
                            ExpectedVersion expected = i % 2 == 0 ? exactly((long) i * batch) : any();
                            rule.store().append(stream, expected, Many.small(rule, batch));
                        }
                        return LARGE_APPENDS;
                    } finally {
                        running.set(false);
                    }
                },
                () -> {
                    while (running.get()) {
                        whole("stream", batch, rule.store().readStream(stream).events());
                        whole("log", batch, rule.store().log(query).toList());
                    }
                    return LARGE_APPENDS;
                }));
        Expect.equal("version", (long) LARGE_APPENDS * batch, rule.store().version(stream));
    }

    private static void keep(List<List<UUID>> appends, List<EventData> events) {
        synchronized (appends) {
            appends.add(events.stream().map(EventData::id).toList());
        }
    }

    private static void adjacent(List<RecordedEvent> log, List<List<UUID>> appends) {
        List<UUID> ids = log.stream().map(RecordedEvent::id).toList();
        for (List<UUID> append : appends) {
            int first = ids.indexOf(append.get(0));
            Expect.that(first >= 0, "the log has no event " + append.get(0));
            List<UUID> there = ids.subList(first, Math.min(ids.size(), first + append.size()));
            Expect.equal("the append at " + log.get(first).position(), append, there);
        }
    }

    /** Follows the log from page to page while others write, and then compares with what the log has. Begins behind. */
    private static void follow(RuleContext rule, EventStore reader, LogFilter filter, Load.Write write)
            throws Exception {
        LogQuery query = LogQuery.all().after(rule.start()).filter(filter).limit(PAGE);
        Tail follower = new Tail(reader, query);
        for (int i = 0; i < PAGE; i++) {
            write.by(0);
        }
        new Load(write).whileRunning(follower::readOn);
        List<RecordedEvent> log = rule.log(filter);
        Expect.that(log.size() >= Load.TOTAL / 2, "the log has " + log.size() + " events");
        follower.readOn();
        follower.hasSeen(log);
    }

    private static List<RecordedEvent> below(RuleContext rule, Position start, Position head) {
        return rule.store()
                .log(LogQuery.all().after(start))
                .takeWhile(event -> !event.position().isAfter(head))
                .toList();
    }
}

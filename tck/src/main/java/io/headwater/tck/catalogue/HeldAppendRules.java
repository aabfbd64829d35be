package io.headwater.tck.catalogue;

import static io.headwater.ExpectedVersion.any;
import static io.headwater.ExpectedVersion.exactly;
import static io.headwater.ExpectedVersion.noStream;
import static io.headwater.tck.rule.Rule.must;

import io.headwater.AppendOutcome;
import io.headwater.AppendOutcome.Appended;
import io.headwater.AppendOutcome.Conflict;
import io.headwater.AppendRequest;
import io.headwater.AppendResult;
import io.headwater.Capability;
import io.headwater.EventData;
import io.headwater.EventStore;
import io.headwater.LogQuery;
import io.headwater.ReadOptions;
import io.headwater.RecordedEvent;
import io.headwater.StreamId;
import io.headwater.spi.HeldAppend;
import io.headwater.tck.catalogue.support.Caller;
import io.headwater.tck.catalogue.support.HeldScene;
import io.headwater.tck.catalogue.support.Outcomes;
import io.headwater.tck.rule.Expect;
import io.headwater.tck.rule.Journal;
import io.headwater.tck.rule.Need;
import io.headwater.tck.rule.RuleContext;
import io.headwater.tck.rule.RuleGroup;
import io.headwater.tck.rule.StoreProcess;
import java.util.ArrayList;
import java.util.List;

/**
 * What streams hold of an append that is not committed, and how other appends get on with it (A5, I1, L2, T1, T2, T4,
 * G4).
 */
final class HeldAppendRules {
    static final RuleGroup GROUP = RuleGroup.of(
                    "held appends",
                    must(
                            "T2.4",
                            "no reader sees part of an append before it commits",
                            rule -> showsWhole(rule, rule.store())),
                    must(
                                    "T2.5",
                                    "no reader sees part of another instance's append before it commits",
                                    rule -> showsWhole(rule, rule.another()))
                            .needs(Need.SECOND_INSTANCE),
                    must(
                                    "T2.6",
                                    "no reader sees part of an append to several streams before it commits",
                                    HeldAppendRules::showsSeveralWhole)
                            .requires(Capability.MULTI_STREAM_APPEND),
                    must(
                            "T1.3",
                            "an append that is rolled back leaves nothing, and can be made again",
                            HeldAppendRules::leavesNothing),
                    must(
                            "T4.5",
                            "an append that returned beside a held one is in the next read of its stream",
                            rule -> {
                                try (HeldScene held = HeldScene.of(rule, HeldScene.request(rule, rule.stream(), 1))) {
                                    held.append(() -> {
                                        StreamId stream = rule.stream();
                                        List<EventData> events = rule.write(stream, 2);
                                        Expect.equal("version", 2L, rule.store().version(stream));
                                        Expect.events(
                                                "stream",
                                                events,
                                                rule.store().readStream(stream).events());
                                        return events;
                                    });
                                    held.commit();
                                }
                            }),
                    must("A5.11", "appends to other streams succeed while an append is held, each once", rule -> {
                        Journal journal = new Journal();
                        StreamId first = rule.stream();
                        StreamId second = rule.stream();
                        try (HeldScene held = HeldScene.of(rule, HeldScene.request(rule, rule.stream(), 1))) {
                            for (int i = 0; i < 3; i++) {
                                List<EventData> events = rule.events(1 + i);
                                held.append(() -> journal.append(rule.store(), first, any(), events));
                            }
                            held.append(() -> journal.append(rule.store(), second, noStream(), rule.events(1)));
                            held.commit();
                        }
                        journal.verify(rule);
                        Expect.equal("version", 6L, rule.store().version(first));
                        Expect.equal("version", 1L, rule.store().version(second));
                    }),
                    must(
                            "A5.12",
                            "an append whose expected version a held append changes is a conflict when the held one commits",
                            rule -> {
                                StreamId stream = rule.stream();
                                Conflict conflict =
                                        (Conflict) whileHeld(rule, stream, rule.event(), HeldAppend::commit);
                                Expect.equal(
                                        "actual version",
                                        1L,
                                        conflict.violations().get(0).actual());
                                Expect.equal("version", 1L, rule.store().version(stream));
                            }),
                    must(
                            "A5.13",
                            "an append whose expected version a held append would change succeeds when the held one is rolled back",
                            rule -> {
                                StreamId stream = rule.stream();
                                EventData event = rule.event();
                                whileHeld(rule, stream, event, HeldAppend::rollback)
                                        .orThrow();
                                Expect.events(
                                        "stream",
                                        List.of(event),
                                        rule.store().readStream(stream).events());
                            }),
                    must("I1.16", "a repeat that begins before the original commits is a replay of it", rule -> {
                        StreamId stream = rule.stream();
                        AppendRequest request = AppendRequest.to(stream, noStream(), rule.events(2));
                        Caller<AppendOutcome> repeat;
                        try (HeldAppend held = rule.hold(request)) {
                            repeat = new Caller<>(rule, () -> rule.store().tryAppend(request));
                            repeat.waits();
                            AppendResult original = held.commit().orThrow().get(0);
                            Appended repeated = (Appended) repeat.returns("the repeat");
                            Expect.equal(
                                    "the repeat is a replay",
                                    true,
                                    repeated.first().replayed());
                            Expect.equal(
                                    "its position",
                                    original.position(),
                                    repeated.first().position());
                        }
                        Expect.equal("version", 2L, rule.store().version(stream));
                    }),
                    must("G4.2", "no read waits for a held append", HeldAppendRules::readsGoOn),
                    must("G4.3", "an append that a killed process held does not hold up the log", rule -> {
                                StreamId stream = rule.stream();
                                StoreProcess process = rule.process();
                                process.hold(HeldScene.request(rule, stream, 3));
                                process.kill();
                                goesOn(rule, stream);
                            })
                            .needs(Need.SECOND_PROCESS),
                    must("L2.7", "closing a store rolls back the appends that it holds", rule -> {
                                StreamId stream = rule.stream();
                                EventStore other = rule.another();
                                HeldAppend held = rule.hold(other, HeldScene.request(rule, stream, 3));
                                other.close();
                                goesOn(rule, stream);
                                held.rollback();
                            })
                            .needs(Need.SECOND_INSTANCE))
            .needs(Need.HELD_APPEND);

    private HeldAppendRules() {}

    private static void showsWhole(RuleContext rule, EventStore reader) {
        StreamId stream = rule.stream();
        List<EventData> events = new ArrayList<>(rule.write(stream, 2));
        AppendRequest request = HeldScene.request(rule, stream, 3);
        try (HeldAppend held = rule.hold(request)) {
            shows(rule, reader, stream, events);
            held.commit().orThrow();
        }
        events.addAll(request.writes().get(0).events());
        shows(rule, reader, stream, events);
    }

    private static void showsSeveralWhole(RuleContext rule) {
        StreamId known = rule.stream();
        StreamId fresh = rule.stream();
        List<EventData> events = new ArrayList<>(rule.write(known, 1));
        List<EventData> ofKnown = rule.events(2);
        List<EventData> ofFresh = rule.events(2);
        AppendRequest request =
                AppendRequest.to(known, exactly(1), ofKnown).and(fresh, noStream(), ofFresh.toArray(EventData[]::new));
        try (HeldAppend held = rule.hold(request)) {
            shows(rule, rule.store(), known, events);
            shows(rule, rule.store(), fresh, List.of());
            held.commit().orThrow();
        }
        events.addAll(ofKnown);
        shows(rule, rule.store(), known, events);
        shows(rule, rule.store(), fresh, ofFresh);
    }

    private static void leavesNothing(RuleContext rule) {
        StreamId stream = rule.stream();
        List<EventData> events = new ArrayList<>(rule.write(stream, 1));
        AppendRequest request = AppendRequest.to(stream, exactly(1), rule.events(2));
        try (HeldAppend held = rule.hold(request)) {
            held.rollback();
        }
        shows(rule, rule.store(), stream, events);
        Expect.equal(
                "version of the same append",
                3L,
                Outcomes.appended(rule, request).version());
        events.addAll(request.writes().get(0).events());
        shows(rule, rule.store(), stream, events);
    }

    /** Fails unless the stream, and its category in the log, have exactly these events. */
    private static void shows(RuleContext rule, EventStore reader, StreamId stream, List<EventData> events) {
        Expect.equal("version of " + stream, (long) events.size(), reader.version(stream));
        Expect.events("stream", events, reader.readStream(stream).events());
        List<RecordedEvent> backwards =
                reader.readStream(stream, ReadOptions.backwards()).events();
        Expect.equal("events backwards", events.size(), backwards.size());
        LogQuery category = LogQuery.category(stream.category().orElseThrow());
        Expect.events("log", events, rule.log(reader, category.after(rule.start())));
        Expect.equal(
                "log backwards",
                events.size(),
                rule.log(reader, category.backwards()).size());
    }

    /**
     * What becomes of an append of this event to a new stream that is begun while another one is held, which then ends.
     */
    private static AppendOutcome whileHeld(RuleContext rule, StreamId stream, EventData event, HeldEnd end)
            throws Exception {
        Caller<AppendOutcome> other;
        try (HeldAppend held = rule.hold(AppendRequest.to(stream, noStream(), rule.event()))) {
            other = new Caller<>(rule, () -> rule.store().tryAppend(AppendRequest.to(stream, noStream(), event)));
            other.waits();
            end.of(held);
        }
        return other.returns("the append that waited for the held one");
    }

    /** How a held append ends. */
    @FunctionalInterface
    private interface HeldEnd {
        void of(HeldAppend held);
    }

    private static void readsGoOn(RuleContext rule) throws Exception {
        StreamId stream = rule.stream();
        StreamId other = rule.stream();
        rule.write(stream, 1);
        rule.write(other, 1);
        try (HeldAppend held = rule.hold(HeldScene.request(rule, stream, 2))) {
            for (StreamId read : List.of(stream, other)) {
                returns(
                        rule,
                        "the version",
                        () -> Expect.equal("version", 1L, rule.store().version(read)));
                returns(rule, "a stream read", () -> rule.store().readStream(read));
                LogQuery category =
                        LogQuery.category(read.category().orElseThrow()).after(rule.start());
                returns(rule, "a read of a category", () -> rule.store().readLog(category));
            }
            returns(
                    rule,
                    "a read of the log",
                    () -> rule.store().readLog(LogQuery.all().after(rule.start())));
            returns(rule, "the head", () -> rule.store().head());
            held.commit().orThrow();
        }
    }

    private static void returns(RuleContext rule, String what, Runnable read) throws Exception {
        new Caller<>(rule, () -> {
                    read.run();
                    return true;
                })
                .returns(what);
    }

    /** Fails unless the stream can be written, and the log reaches what is. */
    private static void goesOn(RuleContext rule, StreamId stream) throws Exception {
        List<EventData> events = rule.events(2);
        new Caller<>(rule, () -> rule.store().append(stream, noStream(), events)).returns("an append to the stream");
        rule.append(rule.stream());
        shows(rule, rule.store(), stream, events);
    }
}

package io.headwater.tck.catalogue;

import static io.headwater.ExpectedVersion.any;
import static io.headwater.ExpectedVersion.exactly;
import static io.headwater.ExpectedVersion.noStream;
import static io.headwater.tck.rule.Rule.must;
import static io.headwater.tck.rule.Rule.repeated;

import io.headwater.AppendOutcome;
import io.headwater.AppendOutcome.Appended;
import io.headwater.AppendRequest;
import io.headwater.EventStore;
import io.headwater.ExpectedVersion;
import io.headwater.StreamId;
import io.headwater.tck.catalogue.support.Increments;
import io.headwater.tck.catalogue.support.RandomWriter;
import io.headwater.tck.rule.Concurrently;
import io.headwater.tck.rule.Expect;
import io.headwater.tck.rule.Journal;
import io.headwater.tck.rule.Need;
import io.headwater.tck.rule.RuleContext;
import io.headwater.tck.rule.RuleGroup;
import java.util.List;

/**
 * Appends at the same time (A5). A race that is run once is lost too seldom to prove anything, so all of these are loops that
 * keep every thread busy.
 */
final class ConcurrencyRules {
    private static final int WRITERS = 4;
    private static final int RACES = 40;
    private static final int INCREMENTS = 300;
    private static final int RANDOM_APPENDS = 60;

    static final RuleGroup GROUP = RuleGroup.of(
            "concurrency",
            repeated("A5.1", "of many concurrent appends with noStream(), one is written", rule -> {
                for (int race = 0; race < RACES; race++) {
                    oneWins(rule, rule.stream(), noStream());
                }
            }),
            repeated("A5.2", "of many concurrent appends that expect the same version, one is written", rule -> {
                StreamId stream = rule.stream();
                rule.write(stream, 1);
                for (int race = 1; race <= RACES; race++) {
                    oneWins(rule, stream, exactly(race));
                }
            }),
            repeated("A5.3", "many concurrent appends with any() are all written, each once", rule -> {
                Journal journal = new Journal();
                StreamId stream = rule.stream();
                Concurrently.times(WRITERS, writer -> () -> {
                    for (int i = 0; i < 100; i++) {
                        journal.append(rule.store(), stream, any(), rule.events(1 + i % 3))
                                .orThrow();
                    }
                    return writer;
                });
                journal.verify(rule);
            }),
            repeated("A5.4", "appends to different streams never conflict", rule -> {
                Journal journal = new Journal();
                Concurrently.times(WRITERS, writer -> () -> {
                    StreamId stream = rule.stream();
                    for (int i = 0; i < 100; i++) {
                        journal.append(rule.store(), stream, exactly(i), rule.events(1))
                                .orThrow();
                    }
                    return writer;
                });
                journal.verify(rule);
            }),
            must("A5.5", "concurrent writers that append to the version that they read lose no update", rule -> {
                StreamId stream = rule.stream();
                Journal journal = new Journal();
                Concurrently.times(
                        WRITERS,
                        writer -> () -> Increments.append(rule, stream, INCREMENTS, to(journal, rule.store())));
                Expect.equal(
                        "version", (long) WRITERS * INCREMENTS, rule.store().version(stream));
                journal.verify(rule);
            }),
            must(
                            "A5.6",
                            "concurrent writers in two instances that append to the version that they read lose no update",
                            rule -> {
                                StreamId stream = rule.stream();
                                Journal journal = new Journal();
                                List<EventStore> stores = List.of(rule.store(), rule.another());
                                Concurrently.times(
                                        WRITERS,
                                        writer -> () -> Increments.append(
                                                rule, stream, INCREMENTS, to(journal, stores.get(writer % 2))));
                                Expect.equal(
                                        "version",
                                        (long) WRITERS * INCREMENTS,
                                        rule.store().version(stream));
                                journal.verify(rule);
                            })
                    .needs(Need.SECOND_INSTANCE),
            repeated(
                    "A5.7",
                    "the outcomes of concurrent appends and repeats agree with what is stored",
                    rule -> writeAtRandom(rule, rule.store())),
            repeated("A5.8", "the outcomes of appends through changing instances agree with what is stored", rule -> {
                        EventStore other = rule.another();
                        writeAtRandom(rule, rule.store(), other);
                    })
                    .needs(Need.SECOND_INSTANCE));

    private ConcurrencyRules() {}

    private static void writeAtRandom(RuleContext rule, EventStore... stores) throws Exception {
        Journal journal = new Journal();
        List<StreamId> streams = List.of(rule.stream(), rule.stream(), rule.stream());
        Concurrently.times(WRITERS, writer -> () -> {
            RandomWriter random = new RandomWriter(rule, journal, List.of(stores), streams);
            for (int i = 0; i < RANDOM_APPENDS; i++) {
                random.append();
            }
            return writer;
        });
        journal.verify(rule);
    }

    private static void oneWins(RuleContext rule, StreamId stream, ExpectedVersion expected) throws Exception {
        List<AppendOutcome> outcomes = Concurrently.times(
                WRITERS, racer -> () -> rule.store().tryAppend(AppendRequest.to(stream, expected, rule.event())));
        long winners = outcomes.stream().filter(Appended.class::isInstance).count();
        Expect.equal("winners of '" + stream + "' expecting " + expected, 1L, winners);
    }

    private static Increments.Appender to(Journal journal, EventStore store) {
        return (stream, expected, events) -> journal.append(store, stream, expected, events);
    }
}

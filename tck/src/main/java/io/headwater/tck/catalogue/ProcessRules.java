package io.headwater.tck.catalogue;

import static io.headwater.ExpectedVersion.any;
import static io.headwater.ExpectedVersion.exactly;
import static io.headwater.ExpectedVersion.noStream;
import static io.headwater.SubscriptionOptions.ephemeral;
import static io.headwater.tck.rule.Rule.must;
import static io.headwater.tck.rule.Rule.repeated;

import io.headwater.AppendOutcome.Appended;
import io.headwater.AppendOutcomeUnknown;
import io.headwater.AppendRequest;
import io.headwater.AppendResult;
import io.headwater.EventData;
import io.headwater.ExpectedVersion;
import io.headwater.LogFilter;
import io.headwater.LogQuery;
import io.headwater.Position;
import io.headwater.RecordedEvent;
import io.headwater.StreamId;
import io.headwater.SubscriptionState;
import io.headwater.tck.catalogue.support.Follower;
import io.headwater.tck.catalogue.support.Increments;
import io.headwater.tck.catalogue.support.Increments.Appender;
import io.headwater.tck.catalogue.support.Load;
import io.headwater.tck.catalogue.support.Outcomes;
import io.headwater.tck.rule.Concurrently;
import io.headwater.tck.rule.Expect;
import io.headwater.tck.rule.Journal;
import io.headwater.tck.rule.Need;
import io.headwater.tck.rule.RuleContext;
import io.headwater.tck.rule.RuleGroup;
import io.headwater.tck.rule.StoreProcess;
import io.headwater.tck.rule.Tail;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;

/** Two processes over one storage, and what one leaves that is killed (A5, T1, T4, G5, I1, I5, S1). */
final class ProcessRules {
    private static final int WRITERS = 4;
    private static final int APPENDS = 100;
    private static final int BATCH = 20;

    static final RuleGroup GROUP = RuleGroup.of(
            "processes",
            must("T4.4", "the next read of another process sees an append that returned", rule -> {
                        StreamId stream = rule.stream();
                        StoreProcess process = rule.process();
                        for (long version = 1; version <= 20; version += 2) {
                            rule.write(stream, 1);
                            Expect.equal("version there", version, process.version(stream));
                            process.tryAppend(AppendRequest.to(stream, any(), rule.event()));
                            Expect.equal(
                                    "version here", version + 1, rule.store().version(stream));
                        }
                    })
                    .needs(Need.SECOND_PROCESS),
            must("G5.4", "an append that began after one in another process returned is later in the log", rule -> {
                        StoreProcess process = rule.process();
                        Position before = rule.start();
                        for (int i = 0; i < 25; i++) {
                            Position there = position(process, AppendRequest.to(rule.stream(), any(), rule.event()));
                            Expect.ascending("an append there after one here", before, there);
                            before = rule.append(rule.stream());
                            Expect.ascending("an append here after one there", there, before);
                        }
                    })
                    .needs(Need.SECOND_PROCESS),
            must("I1.15", "another process recognises a repeat", rule -> {
                        AppendRequest request = AppendRequest.to(rule.stream(), noStream(), rule.events(2));
                        AppendResult original = Outcomes.appended(rule, request);
                        Appended repeat = (Appended) rule.process().tryAppend(request);
                        Expect.equal(
                                "repeated append is a replay",
                                true,
                                repeat.first().replayed());
                        Expect.equal(
                                "its position",
                                original.position(),
                                repeat.first().position());
                    })
                    .needs(Need.SECOND_PROCESS),
            must(
                            "A5.9",
                            "concurrent writers in two processes that append to the version that they read lose no update",
                            rule -> {
                                StreamId stream = rule.stream();
                                Journal journal = new Journal();
                                StoreProcess process = rule.process();
                                Concurrently.times(
                                        WRITERS,
                                        writer -> () -> Increments.append(
                                                rule,
                                                stream,
                                                APPENDS,
                                                writer % 2 == 0 ? here(rule, journal) : there(process, journal)));
                                Expect.equal(
                                        "version",
                                        (long) WRITERS * APPENDS,
                                        rule.store().version(stream));
                                journal.verify(rule);
                            })
                    .needs(Need.SECOND_PROCESS),
            must("A5.10", "many concurrent appends of two processes with any() are all written, each once", rule -> {
                        StreamId stream = rule.stream();
                        Journal journal = new Journal();
                        StoreProcess process = rule.process();
                        Follower follower = Follower.of(
                                rule, ephemeral().category(stream.category().orElseThrow()));
                        Concurrently.times(WRITERS, writer -> () -> {
                            Appender to = writer % 2 == 0 ? here(rule, journal) : there(process, journal);
                            for (int i = 0; i < APPENDS; i++) {
                                to.append(stream, any(), rule.events(1 + i % 3)).orThrow();
                            }
                            return writer;
                        });
                        journal.verify(rule);
                        follower.reaches(rule.append(stream));
                        follower.handledExactly(rule.logOf(stream));
                    })
                    .needs(Need.SECOND_PROCESS),
            repeated("G3.6", "a reader that follows the log misses no event while two processes write", rule -> {
                        StoreProcess process = rule.process();
                        Journal journal = new Journal();
                        Tail tail = new Tail(rule.store(), LogQuery.all().after(rule.start()));
                        Load load = new Load(writer -> (writer % 2 == 0 ? here(rule, journal) : there(process, journal))
                                .append(rule.stream(), any(), rule.events(2)));
                        load.whileRunning(tail::readOn);
                        List<RecordedEvent> log = rule.log(LogFilter.all());
                        Expect.that(log.size() >= Load.TOTAL, "the log has " + log.size() + " events");
                        tail.readOn();
                        tail.hasSeen(log);
                        journal.verify(rule);
                    })
                    .needs(Need.SECOND_PROCESS),
            must("S1.27", "a subscription handles the events that another process appends, each once", rule -> {
                        StreamId stream = rule.stream();
                        StoreProcess process = rule.process();
                        Follower follower = Follower.of(
                                rule, ephemeral().category(stream.category().orElseThrow()));
                        follower.enters(SubscriptionState.LIVE);
                        Position last = Position.START;
                        for (int i = 0; i < 20; i++) {
                            last = position(process, AppendRequest.to(stream, any(), rule.events(2)));
                        }
                        follower.reaches(last);
                        follower.handledExactly(rule.logOf(stream));
                    })
                    .needs(Need.SECOND_PROCESS),
            repeated("T1.2", "an append of a process that is killed is stored as a whole or not at all", rule -> {
                        Journal journal = new Journal();
                        killed(rule, journal);
                        journal.verify(rule);
                    })
                    .needs(Need.SECOND_PROCESS),
            repeated("I5.2", "an append of a killed process is stored once when another process repeats it", rule -> {
                        Journal journal = new Journal();
                        for (Write unknown : killed(rule, journal)) {
                            journal.append(rule.store(), unknown.stream(), unknown.expected(), unknown.events())
                                    .orThrow();
                        }
                        journal.verify(rule);
                    })
                    .needs(Need.SECOND_PROCESS));

    private ProcessRules() {}

    /** An append to one stream. */
    private record Write(StreamId stream, ExpectedVersion expected, List<EventData> events) {}

    private static Appender here(RuleContext rule, Journal journal) {
        return (stream, expected, events) -> journal.append(rule.store(), stream, expected, events);
    }

    private static Appender there(StoreProcess process, Journal journal) {
        return (stream, expected, events) -> journal.append(process, stream, expected, events);
    }

    private static Position position(StoreProcess process, AppendRequest request) {
        return process.tryAppend(request).orThrow().get(0).position();
    }

    /** Lets a process write to several streams at once, and kills it in the middle of that; returns what it had not answered. */
    private static Queue<Write> killed(RuleContext rule, Journal journal) throws Exception {
        StoreProcess process = rule.process();
        StreamId shared = rule.stream();
        Queue<Write> unknown = new ConcurrentLinkedQueue<>();
        CountDownLatch enough = new CountDownLatch(WRITERS + rule.random().nextInt(APPENDS));
        List<Callable<Integer>> work = new ArrayList<>();
        for (int i = 0; i < WRITERS; i++) {
            StreamId own = rule.stream();
            boolean shares = i % 2 == 0;
            work.add(() -> {
                for (long version = 0; ; version += BATCH) {
                    List<EventData> events = rule.events(BATCH);
                    Write write = shares ? new Write(shared, any(), events) : new Write(own, exactly(version), events);
                    try {
                        journal.append(process, write.stream(), write.expected(), events)
                                .orThrow();
                    } catch (AppendOutcomeUnknown ended) {
                        unknown.add(write);
                        return 0;
                    }
                    enough.countDown();
                }
            });
        }
        work.add(() -> {
            enough.await();
            process.kill();
            return 0;
        });
        Concurrently.all(work);
        Expect.equal("appends that the killed process left open", WRITERS, unknown.size());
        return unknown;
    }
}

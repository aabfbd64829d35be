package io.headwater.tck.catalogue;

import static io.headwater.ExpectedVersion.any;
import static io.headwater.ExpectedVersion.exactly;
import static io.headwater.ExpectedVersion.noStream;
import static io.headwater.ExpectedVersion.streamExists;
import static io.headwater.tck.rule.Rule.fault;

import io.headwater.AppendOutcome;
import io.headwater.AppendOutcome.Appended;
import io.headwater.AppendOutcomeUnknown;
import io.headwater.AppendRequest;
import io.headwater.BackendFailure;
import io.headwater.BulkImport;
import io.headwater.Capability;
import io.headwater.EventData;
import io.headwater.EventStore;
import io.headwater.EventStoreException;
import io.headwater.EventStoreException.Retry;
import io.headwater.ExpectedVersion;
import io.headwater.LogQuery;
import io.headwater.StoreUnavailable;
import io.headwater.StreamId;
import io.headwater.spi.Backend;
import io.headwater.tck.catalogue.support.Between;
import io.headwater.tck.catalogue.support.Between.Fate;
import io.headwater.tck.catalogue.support.Increments;
import io.headwater.tck.rule.Concurrently;
import io.headwater.tck.rule.Expect;
import io.headwater.tck.rule.Journal;
import io.headwater.tck.rule.Need;
import io.headwater.tck.rule.RuleContext;
import io.headwater.tck.rule.RuleGroup;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Calls that fail before they reach the storage, and calls whose reply is lost (I5, E1, F2). */
final class FaultRules {
    private static final int WRITERS = 4;
    private static final int INCREMENTS = 50;

    static final RuleGroup GROUP = RuleGroup.of(
            "faults",
            fault("I5.3", "an append whose reply was lost is stored once, and its repeat is a replay", rule -> {
                        StreamId stream = rule.stream();
                        Between.Line line = new Between.Line();
                        EventStore store = rule.another(line::to);
                        List<ExpectedVersion> expectations = List.of(noStream(), exactly(3), any(), streamExists());
                        for (ExpectedVersion expected : expectations) {
                            long before = rule.store().version(stream);
                            AppendRequest request = AppendRequest.to(stream, expected, rule.events(3));
                            loses(line, store, request);
                            Expect.equal("version", before + 3, rule.store().version(stream));
                            Appended repeat = appended(store.tryAppend(request));
                            Expect.equal("it is a replay", true, repeat.first().replayed());
                            Expect.equal(
                                    "its version", before + 3, repeat.first().version());
                        }
                        Expect.versions(
                                "stream", 1, 12, rule.store().readStream(stream).events());
                    })
                    .needs(Need.SECOND_INSTANCE),
            fault("I5.4", "an append to several streams whose reply was lost is stored once in each", rule -> {
                        StreamId one = rule.stream();
                        StreamId two = rule.stream();
                        Between.Line line = new Between.Line();
                        EventStore store = rule.another(line::to);
                        AppendRequest request = AppendRequest.to(one, noStream(), rule.events(2))
                                .and(two, exactly(0), rule.event());
                        loses(line, store, request);
                        appended(store.tryAppend(request))
                                .results()
                                .forEach(result -> Expect.equal(
                                        "write to '" + result.stream() + "' is a replay", true, result.replayed()));
                        Expect.versions(
                                "first", 1, 2, rule.store().readStream(one).events());
                        Expect.versions(
                                "second", 1, 1, rule.store().readStream(two).events());
                    })
                    .requires(Capability.MULTI_STREAM_APPEND)
                    .needs(Need.SECOND_INSTANCE),
            fault("I5.5", "an append that failed before it was written is written by its repeat", rule -> {
                        StreamId stream = rule.stream();
                        Between.Line line = new Between.Line();
                        EventStore store = rule.another(line::to);
                        long version = 0;
                        for (ExpectedVersion expected : List.of(noStream(), exactly(1), any(), streamExists())) {
                            AppendRequest request = AppendRequest.to(stream, expected, rule.event());
                            line.next("append", Fate.FAILS);
                            StoreUnavailable failure = Expect.thrown(
                                    StoreUnavailable.class,
                                    "append without a connection",
                                    () -> store.tryAppend(request));
                            Expect.equal("retry", Retry.SAFE, failure.retry());
                            Expect.equal("version", version, rule.store().version(stream));
                            Appended repeat = appended(store.tryAppend(request));
                            version++;
                            Expect.equal("it is a replay", false, repeat.first().replayed());
                            Expect.equal("its version", version, repeat.first().version());
                        }
                    })
                    .needs(Need.SECOND_INSTANCE),
            fault(
                            "I5.6",
                            "writers that repeat their calls until they get an outcome lose no append and write none twice",
                            rule -> {
                                StreamId stream = rule.stream();
                                Journal journal = new Journal();
                                Between.Line line = new Between.Line();
                                EventStore store = rule.another(line::to);
                                line.disturb("append", rule.random());
                                Concurrently.times(
                                        WRITERS,
                                        writer -> () -> Increments.append(
                                                rule,
                                                stream,
                                                INCREMENTS,
                                                (to, expected, events) ->
                                                        answered(journal, store, to, expected, events)));
                                line.mend();
                                Expect.equal(
                                        "version",
                                        (long) WRITERS * INCREMENTS,
                                        rule.store().version(stream));
                                journal.verify(rule);
                            })
                    .needs(Need.SECOND_INSTANCE),
            fault(
                            "E1.5",
                            "a call that failed before it did anything names backend, operation and stream, and says that a retry is safe",
                            rule -> {
                                StreamId stream = rule.stream();
                                Between.Line line = new Between.Line();
                                EventStore store = rule.another(line::to);
                                line.cut();
                                says(
                                        store,
                                        "append",
                                        Optional.of(stream),
                                        () -> store.append(stream, any(), rule.event()));
                                says(store, "readStream", Optional.of(stream), () -> store.readStream(stream));
                                says(store, "readLog", Optional.empty(), () -> store.readLog(LogQuery.all()));
                                says(store, "head", Optional.empty(), store::head);
                                line.mend();
                                store.append(stream, any(), rule.event());
                                Expect.versions(
                                        "stream", 1, 1, store.readStream(stream).events());
                            })
                    .needs(Need.SECOND_INSTANCE),
            fault("E1.6", "the exception of a driver is the cause of a BackendFailure", rule -> {
                        IllegalStateException driver = new IllegalStateException("error 42 of a driver");
                        EventStore store =
                                rule.another(backend -> Between.instead(Backend.class, backend, "head", () -> {
                                    throw driver;
                                }));
                        BackendFailure failure = Expect.thrown(BackendFailure.class, "head", store::head);
                        Expect.equal("retry", Retry.NEVER, failure.retry());
                        Expect.equal("cause", driver, failure.getCause());
                        StreamId stream = rule.stream();
                        store.append(stream, any(), rule.event());
                        Expect.equal("version", 1L, rule.store().version(stream));
                    })
                    .needs(Need.SECOND_INSTANCE),
            fault("F2.11", "an import whose reply was lost is stored once, and its repeat is a replay", rule -> {
                        StreamId stream = rule.stream();
                        Between.Line line = new Between.Line();
                        EventStore store = rule.another(line::to);
                        List<AppendRequest> requests = chain(rule, stream);
                        BulkImport bulk = rule.facet(store, BulkImport.class);
                        line.next("appendAll", Fate.LOSES_REPLY);
                        Expect.thrown(AppendOutcomeUnknown.class, "import", () -> bulk.appendAll(requests));
                        Expect.equal("replayed", List.of(true, true, true, true), replayed(bulk, requests));
                        Expect.versions(
                                "stream", 1, 8, rule.store().readStream(stream).events());
                    })
                    .requires(Capability.BULK_IMPORT)
                    .needs(Need.SECOND_INSTANCE),
            fault("F2.12", "an import that failed in the middle is completed by its repeat", rule -> {
                        StreamId stream = rule.stream();
                        EventStore store = rule.another(FaultRules::breakingImports);
                        List<AppendRequest> requests = chain(rule, stream);
                        Expect.thrown(
                                AppendOutcomeUnknown.class,
                                "import",
                                () -> rule.facet(store, BulkImport.class).appendAll(requests));
                        Expect.equal("replayed", List.of(true, true, false, false), replayed(rule.bulk(), requests));
                        Expect.versions(
                                "stream", 1, 8, rule.store().readStream(stream).events());
                    })
                    .requires(Capability.BULK_IMPORT)
                    .needs(Need.SECOND_INSTANCE));

    private FaultRules() {}

    /** The append is stored, and its caller is told what it can be told. */
    private static void loses(Between.Line line, EventStore store, AppendRequest request) {
        line.next("append", Fate.LOSES_REPLY);
        AppendOutcomeUnknown unknown =
                Expect.thrown(AppendOutcomeUnknown.class, "append whose reply is lost", () -> store.tryAppend(request));
        Expect.equal("retry", Retry.OUTCOME_UNKNOWN, unknown.retry());
        Expect.equal("operation", Optional.of("append"), unknown.operation());
    }

    private static Appended appended(AppendOutcome outcome) {
        Expect.that(outcome instanceof Appended, "expected that the append went through, was " + outcome);
        return (Appended) outcome;
    }

    private static void says(EventStore store, String operation, Optional<StreamId> stream, Expect.Call call) {
        EventStoreException failure = Expect.thrown(StoreUnavailable.class, operation + " without a connection", call);
        Expect.equal("retry of " + operation, Retry.SAFE, failure.retry());
        Expect.equal("backend of " + operation, Optional.of(store.backend()), failure.backend());
        Expect.equal("operation", Optional.of(operation), failure.operation());
        Expect.equal("stream of " + operation, stream, failure.affectedStream());
    }

    /** Appends again until the outcome is told. */
    private static AppendOutcome answered(
            Journal journal, EventStore store, StreamId stream, ExpectedVersion expected, List<EventData> events) {
        while (true) {
            try {
                return journal.append(store, stream, expected, events);
            } catch (AppendOutcomeUnknown | StoreUnavailable again) {
                Thread.onSpinWait();
            }
        }
    }

    /** Four appends of two events each. */
    private static List<AppendRequest> chain(RuleContext rule, StreamId stream) {
        List<AppendRequest> requests = new ArrayList<>();
        for (long version = 0; version < 8; version += 2) {
            requests.add(AppendRequest.to(stream, exactly(version), rule.events(2)));
        }
        return requests;
    }

    private static List<Boolean> replayed(BulkImport bulk, List<AppendRequest> requests) {
        return bulk.appendAll(requests).stream()
                .map(outcome -> appended(outcome).first().replayed())
                .toList();
    }

    /** Half of an import gets through, and no reply. */
    private static Backend breakingImports(Backend backend) {
        BulkImport bulk = requests -> {
            backend.facet(BulkImport.class).orElseThrow().appendAll(requests.subList(0, requests.size() / 2));
            throw new AppendOutcomeUnknown("the rule has broken off the import", null);
        };
        return Between.instead(Backend.class, backend, "facet", () -> Optional.of(bulk));
    }
}

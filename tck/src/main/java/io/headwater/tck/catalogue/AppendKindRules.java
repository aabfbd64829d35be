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
import io.headwater.Capabilities;
import io.headwater.Capability;
import io.headwater.EventData;
import io.headwater.EventStore;
import io.headwater.LogFilter;
import io.headwater.LogQuery;
import io.headwater.ReadOptions;
import io.headwater.RecordedEvent;
import io.headwater.StreamCheck;
import io.headwater.StreamId;
import io.headwater.StreamWrite;
import io.headwater.Violation;
import io.headwater.Violation.Reason;
import io.headwater.tck.catalogue.support.AppendKinds;
import io.headwater.tck.catalogue.support.Way;
import io.headwater.tck.rule.Expect;
import io.headwater.tck.rule.Need;
import io.headwater.tck.rule.PagedLog;
import io.headwater.tck.rule.Repeats;
import io.headwater.tck.rule.RuleContext;
import io.headwater.tck.rule.RuleGroup;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** What is answered to appends of every kind, in every way in which they are made: written, repeated, and in conflict. */
final class AppendKindRules {
    private static final long BEYOND = 5000;
    private static final int LONG = 12;

    static final RuleGroup GROUP = RuleGroup.of(
            "appends of every kind",
            must(
                    "A1.6",
                    "an append of any kind is answered by what it wrote, a repeat alike, a conflict by all that was not met",
                    rule -> answered(rule, Way.ALONE)),
            must(
                            "F2.16",
                            "an imported append of any kind is answered as if it were made alone",
                            rule -> answered(rule, Way.IMPORTED))
                    .requires(Capability.BULK_IMPORT),
            must(
                            "F2.17",
                            "an import of appends of every kind is answered as if each were made alone",
                            AppendKindRules::imported)
                    .requires(Capability.BULK_IMPORT),
            must(
                            "T1.5",
                            "a held append of any kind is answered at its commit as if it were made alone",
                            rule -> answered(rule, Way.HELD))
                    .needs(Need.HELD_APPEND),
            must(
                    "G6.26",
                    "an event is in every kind of read that it passes, both ways, however it was appended",
                    rule -> Way.of(rule.store()).forEach(way -> areFound(rule, way))),
            must(
                            "G10.13",
                            "the position of the time of an event lies before it, however it was appended",
                            rule -> Way.of(rule.store()).forEach(way -> timesAreFound(rule, way)))
                    .requires(Capability.POSITION_AT_TIME));

    private AppendKindRules() {}

    private static void answered(RuleContext rule, Way way) {
        for (AppendRequest request : new AppendKinds(rule).all()) {
            List<Long> before = versions(rule.store(), request);
            AppendOutcome outcome = way.append(rule.store(), request);
            Expect.equal("outcome", written(rule.store(), request, before, false), outcome);
            if (isRecognised(rule, request)) {
                Expect.equal(
                        "outcome of the repeat",
                        written(rule.store(), request, before, true),
                        way.append(rule.store(), request));
            }
            AppendRequest failing = expectingTooMuch(rule, request);
            Expect.equal("outcome of a conflict", conflict(rule.store(), failing), way.append(rule.store(), failing));
            Expect.equal("outcome", written(rule.store(), request, before, false), outcome);
        }
    }

    /** To a new stream, to a stream that was deleted, and to several; each is looked at before the next. */
    private static void inTurns(RuleContext rule, Way way, String category, Consumer<AppendRequest> look) {
        StreamId stream = rule.stream(category);
        made(rule, way, AppendRequest.to(stream, noStream(), rule.events(LONG)), look);
        Capabilities capabilities = rule.store().capabilities();
        if (capabilities.supports(Capability.STREAM_ADMIN)) {
            rule.admin().delete(stream, any());
            made(rule, way, AppendRequest.to(stream, noStream(), rule.events(2)), look);
        }
        if (capabilities.supports(Capability.MULTI_STREAM_APPEND)) {
            AppendRequest several = AppendRequest.to(stream, any(), rule.event());
            made(rule, way, several.and(rule.stream(category), any(), rule.event()), look);
        }
    }

    private static void made(RuleContext rule, Way way, AppendRequest request, Consumer<AppendRequest> look) {
        way.append(rule.store(), request).orThrow();
        rule.awaitLog(rule.store());
        look.accept(request);
    }

    private static void timesAreFound(RuleContext rule, Way way) {
        inTurns(rule, way, rule.name(), request -> request.writes().forEach(write -> timesAreFound(rule, write)));
    }

    private static void timesAreFound(RuleContext rule, StreamWrite write) {
        List<RecordedEvent> events = rule.store().readStream(write.stream()).events();
        Expect.that(!events.isEmpty(), "nothing was appended to '" + write.stream() + "'");
        LogTimeRules.beginAfter(rule, events);
    }

    private static void areFound(RuleContext rule, Way way) {
        String category = rule.name();
        List<EventData> appended = new ArrayList<>();
        inTurns(rule, way, category, request -> {
            request.writes().forEach(write -> appended.addAll(write.events()));
            for (LogFilter filter : List.of(
                    new LogFilter(Set.of(category), Set.of(), ""),
                    new LogFilter(Set.of(), Set.of(), category),
                    new LogFilter(Set.of(), Set.of("Happened"), category),
                    new LogFilter(Set.of(category), Set.of("Happened"), category))) {
                areRead(rule, LogQuery.all().after(rule.start()).filter(filter), appended);
            }
        });
    }

    private static void areRead(RuleContext rule, LogQuery query, List<EventData> expected) {
        Expect.events("log", expected, PagedLog.toEnd(rule.store(), query).events());
        List<RecordedEvent> backwards = new ArrayList<>(
                PagedLog.backTo(rule.start(), rule.store(), query.backwards()).events());
        Collections.reverse(backwards);
        Expect.events("log backwards", expected, backwards);
    }

    private static boolean isRecognised(RuleContext rule, AppendRequest request) {
        return Repeats.areRecognised(rule.store().capabilities().idempotency(), request);
    }

    private static List<Long> versions(EventStore store, AppendRequest request) {
        return request.writes().stream()
                .map(write -> store.version(write.stream()))
                .toList();
    }

    /** By what can be read of it, which must be what was to be written. */
    private static AppendOutcome written(EventStore store, AppendRequest request, List<Long> before, boolean replayed) {
        List<AppendResult> results = new ArrayList<>();
        for (StreamWrite write : request.writes()) {
            long first = before.get(results.size()) + 1;
            List<RecordedEvent> events = store.readStream(
                            write.stream(), ReadOptions.forwards().from(first))
                    .events();
            Expect.events("stream '" + write.stream() + "'", write.events(), events);
            RecordedEvent last = events.get(events.size() - 1);
            long version = first + write.events().size() - 1;
            results.add(new AppendResult(write.stream(), version, last.position(), replayed));
        }
        return new Appended(results);
    }

    /** The same of other events, expecting versions that no stream has. */
    private static AppendRequest expectingTooMuch(RuleContext rule, AppendRequest request) {
        return new AppendRequest(
                request.writes().stream()
                        .map(write -> new StreamWrite(write.stream(), exactly(BEYOND), rule.events(1)))
                        .toList(),
                request.checks().stream()
                        .map(check -> new StreamCheck(check.stream(), exactly(BEYOND)))
                        .toList());
    }

    private static AppendOutcome conflict(EventStore store, AppendRequest failing) {
        List<Violation> violations = new ArrayList<>();
        failing.writes().forEach(write -> violations.add(violation(store, write.stream())));
        failing.checks().forEach(check -> violations.add(violation(store, check.stream())));
        return new Conflict(violations);
    }

    private static Violation violation(EventStore store, StreamId stream) {
        return new Violation(stream, exactly(BEYOND), store.version(stream), Reason.VERSION);
    }

    private static void imported(RuleContext rule) {
        List<AppendRequest> requests = new AppendKinds(rule).all();
        List<List<Long>> before = requests.stream()
                .map(request -> versions(rule.store(), request))
                .toList();
        List<AppendOutcome> outcomes = rule.bulk().appendAll(requests);
        Expect.equal("outcomes", written(rule, requests, before, false), outcomes);
        List<AppendRequest> repeated =
                requests.stream().filter(request -> isRecognised(rule, request)).toList();
        List<List<Long>> beforeRepeated = repeated.stream()
                .map(request -> before.get(requests.indexOf(request)))
                .toList();
        AppendRequest failing = expectingTooMuch(rule, requests.get(requests.size() - 1));
        List<AppendRequest> ending = new ArrayList<>(repeated);
        ending.add(failing);
        ending.add(AppendRequest.to(rule.stream(), exactly(0), rule.event()));
        List<AppendOutcome> expected = new ArrayList<>(written(rule, repeated, beforeRepeated, true));
        expected.add(conflict(rule.store(), failing));
        for (int time = 0; time < 2; time++) {
            Expect.equal(
                    "outcomes of repeats and a conflict", expected, rule.bulk().appendAll(ending));
        }
    }

    private static List<AppendOutcome> written(
            RuleContext rule, List<AppendRequest> requests, List<List<Long>> before, boolean replayed) {
        List<AppendOutcome> outcomes = new ArrayList<>();
        for (AppendRequest request : requests) {
            outcomes.add(written(rule.store(), request, before.get(outcomes.size()), replayed));
        }
        return outcomes;
    }
}

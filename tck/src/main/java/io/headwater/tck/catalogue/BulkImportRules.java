package io.headwater.tck.catalogue;

import static io.headwater.ExpectedVersion.any;
import static io.headwater.ExpectedVersion.exactly;
import static io.headwater.ExpectedVersion.noStream;
import static io.headwater.ExpectedVersion.streamExists;
import static io.headwater.tck.rule.Rule.must;

import io.headwater.AppendOutcome;
import io.headwater.AppendOutcome.Appended;
import io.headwater.AppendOutcome.Conflict;
import io.headwater.AppendRequest;
import io.headwater.AppendResult;
import io.headwater.Capability;
import io.headwater.EventData;
import io.headwater.LimitExceeded;
import io.headwater.Payload;
import io.headwater.StreamDeleted;
import io.headwater.StreamId;
import io.headwater.tck.rule.Expect;
import io.headwater.tck.rule.RuleContext;
import io.headwater.tck.rule.RuleGroup;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Many appends in one call (F2). */
final class BulkImportRules {
    static final RuleGroup GROUP = RuleGroup.of(
                    "bulk import",
                    must("F2.1", "the appends of an import are in the log in the order given", rule -> {
                        StreamId one = rule.stream();
                        StreamId two = rule.stream();
                        List<EventData> events = rule.events(20);
                        List<AppendRequest> requests = new ArrayList<>();
                        for (int i = 0; i < events.size(); i++) {
                            requests.add(AppendRequest.to(i % 3 == 0 ? one : two, any(), events.get(i)));
                        }
                        rule.bulk().appendAll(requests);
                        rule.write(rule.stream(), 1);
                        Expect.events("log", events, rule.logOf(one, two));
                    }),
                    must("F2.2", "an import returns the outcome of each append, in order", rule -> {
                        StreamId stream = rule.stream();
                        List<AppendOutcome> outcomes = rule.bulk().appendAll(chain(rule, stream, 5));
                        List<Long> versions = outcomes.stream()
                                .map(outcome -> outcome.orThrow().get(0).version())
                                .toList();
                        Expect.equal("versions", List.of(2L, 4L, 6L, 8L, 10L), versions);
                        Expect.versions(
                                "stream", 1, 10, rule.store().readStream(stream).events());
                    }),
                    must("F2.3", "an append of an import sees the appends before it", rule -> {
                        StreamId stream = rule.stream();
                        List<AppendOutcome> outcomes = rule.bulk()
                                .appendAll(List.of(
                                        AppendRequest.to(stream, noStream(), rule.event()),
                                        AppendRequest.to(stream, exactly(1), rule.event()),
                                        AppendRequest.to(stream, noStream(), rule.event())));
                        Expect.equal(
                                "kinds",
                                List.of(true, true, false),
                                outcomes.stream()
                                        .map(Appended.class::isInstance)
                                        .toList());
                    }),
                    must(
                            "F2.4",
                            "an import stops at its first conflict, so that no append overtakes one that was not written",
                            rule -> {
                                StreamId one = rule.stream();
                                StreamId two = rule.stream();
                                List<AppendOutcome> outcomes = rule.bulk()
                                        .appendAll(List.of(
                                                AppendRequest.to(one, noStream(), rule.events(2)),
                                                AppendRequest.to(two, exactly(7), rule.events(2)),
                                                AppendRequest.to(one, exactly(2), rule.events(2))));
                                Expect.equal("number of outcomes", 2, outcomes.size());
                                Expect.that(
                                        outcomes.get(1) instanceof Conflict,
                                        "expected a conflict, was " + outcomes.get(1));
                                Expect.versions(
                                        "first stream",
                                        1,
                                        2,
                                        rule.store().readStream(one).events());
                                Expect.equal(
                                        "version of the second stream",
                                        0L,
                                        rule.store().version(two));
                            }),
                    must("F2.5", "a repeat of an import returns the original outcomes, and writes nothing", rule -> {
                        StreamId stream = rule.stream();
                        List<AppendRequest> requests = chain(rule, stream, 5);
                        List<AppendOutcome> original = rule.bulk().appendAll(requests);
                        List<AppendOutcome> repeat = rule.bulk().appendAll(requests);
                        Expect.equal(
                                "outcomes",
                                original.stream().map(BulkImportRules::asReplay).toList(),
                                repeat);
                        Expect.equal("version", 10L, rule.store().version(stream));
                    }),
                    must("F2.6", "a repeat of an import of which a part is stored stores the rest", rule -> {
                        StreamId stream = rule.stream();
                        List<AppendRequest> requests = chain(rule, stream, 6);
                        rule.bulk().appendAll(requests.subList(0, 3));
                        List<Boolean> replayed = rule.bulk().appendAll(requests).stream()
                                .map(outcome -> outcome.orThrow().get(0).replayed())
                                .toList();
                        Expect.equal("replayed", List.of(true, true, true, false, false, false), replayed);
                        Expect.versions(
                                "stream", 1, 12, rule.store().readStream(stream).events());
                    }),
                    must(
                            "F2.7",
                            "an import without appends does nothing",
                            rule -> Expect.none("outcomes", rule.bulk().appendAll(List.of()))),
                    must("F2.8", "an import of 1,000 appends is stored completely", rule -> {
                        StreamId stream = rule.stream();
                        rule.bulk().appendAll(chain(rule, stream, 1000));
                        Expect.versions(
                                "stream",
                                1,
                                2000,
                                rule.store().readStream(stream).events());
                    }),
                    must(
                            "F2.9",
                            "an import with an append over the limits is refused, and nothing is written",
                            rule -> {
                                StreamId stream = rule.stream();
                                int limit = rule.store().capabilities().limits().maxEventsPerAppend();
                                EventData event = rule.event();
                                List<EventData> tooMany = Collections.nCopies(limit + 1, 0).stream()
                                        .map(i -> EventData.of("Happened", Payload.json("1"))
                                                .withId(rule.id()))
                                        .toList();
                                List<AppendRequest> requests = List.of(
                                        AppendRequest.to(stream, any(), event),
                                        AppendRequest.to(stream, any(), tooMany));
                                Expect.thrown(
                                        LimitExceeded.class,
                                        "import",
                                        () -> rule.bulk().appendAll(requests));
                                Expect.equal("version", 0L, rule.store().version(stream));
                            }),
                    must(
                                    "F2.19",
                                    "a check of an import sees the appends before it, and ends the import if it is not met",
                                    BulkImportRules::checks)
                            .requires(Capability.MULTI_STREAM_APPEND),
                    must(
                                    "F2.20",
                                    "a tombstoned stream ends an import where it stands",
                                    BulkImportRules::endsAtATombstone)
                            .requires(Capability.STREAM_ADMIN))
            .requires(Capability.BULK_IMPORT);

    private BulkImportRules() {}

    private static void checks(RuleContext rule) {
        StreamId one = rule.stream();
        StreamId other = rule.stream();
        List<AppendRequest> requests = List.of(
                AppendRequest.to(one, noStream(), rule.event()),
                AppendRequest.to(other, noStream(), rule.event()).check(one, exactly(1)),
                AppendRequest.to(one, exactly(1), rule.event()).check(other, streamExists()),
                AppendRequest.to(other, exactly(1), rule.event()).check(one, noStream()),
                AppendRequest.to(other, any(), rule.event()));
        List<Boolean> written = List.of(true, true, true, false);
        for (int time = 0; time < 2; time++) {
            List<AppendOutcome> outcomes = rule.bulk().appendAll(requests);
            Expect.equal(
                    "appends that were written",
                    written,
                    outcomes.stream().map(Appended.class::isInstance).toList());
        }
        Expect.equal("version of the first stream", 2L, rule.store().version(one));
        Expect.equal("version of the second stream", 1L, rule.store().version(other));
    }

    private static void endsAtATombstone(RuleContext rule) {
        StreamId before = rule.stream();
        StreamId tombstoned = rule.stream();
        StreamId after = rule.stream();
        rule.write(tombstoned, 1);
        rule.admin().tombstone(tombstoned, any());
        List<AppendRequest> requests = List.of(
                AppendRequest.to(before, noStream(), rule.events(2)),
                AppendRequest.to(before, exactly(2), rule.event()),
                AppendRequest.to(tombstoned, any(), rule.event()),
                AppendRequest.to(after, any(), rule.event()));
        for (int time = 0; time < 2; time++) {
            StreamDeleted thrown = Expect.thrown(
                    StreamDeleted.class, "import", () -> rule.bulk().appendAll(requests));
            Expect.equal("stream", tombstoned, thrown.stream());
            Expect.versions(
                    "before the tombstone",
                    1,
                    3,
                    rule.store().readStream(before).events());
            Expect.equal("version after the tombstone", 0L, rule.store().version(after));
        }
    }

    /** Appends of two events each, every one expecting what the one before it leaves. */
    private static List<AppendRequest> chain(RuleContext rule, StreamId stream, int count) {
        List<AppendRequest> requests = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            requests.add(AppendRequest.to(stream, exactly(2L * i), rule.events(2)));
        }
        return requests;
    }

    private static AppendOutcome asReplay(AppendOutcome outcome) {
        return new Appended(outcome.orThrow().stream()
                .map(result -> new AppendResult(result.stream(), result.version(), result.position(), true))
                .toList());
    }
}

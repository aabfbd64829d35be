package io.headwater.tck.catalogue;

import static io.headwater.ExpectedVersion.any;
import static io.headwater.ExpectedVersion.exactly;
import static io.headwater.ExpectedVersion.noStream;
import static io.headwater.ExpectedVersion.streamExists;
import static io.headwater.tck.rule.Rule.must;
import static io.headwater.tck.rule.Rule.repeated;

import io.headwater.AppendRequest;
import io.headwater.AppendResult;
import io.headwater.Capability;
import io.headwater.EventData;
import io.headwater.ExpectedVersion;
import io.headwater.InvalidRequest;
import io.headwater.RecordedEvent;
import io.headwater.StreamId;
import io.headwater.Violation;
import io.headwater.Violation.Reason;
import io.headwater.tck.catalogue.support.Outcomes;
import io.headwater.tck.rule.Concurrently;
import io.headwater.tck.rule.Expect;
import io.headwater.tck.rule.Repeats;
import io.headwater.tck.rule.RuleContext;
import io.headwater.tck.rule.RuleGroup;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** One append to several streams (A7). */
final class MultiStreamRules {
    static final RuleGroup GROUP = RuleGroup.of(
                    "multi-stream append",
                    must("A7.1", "an append to several streams writes to each", rule -> {
                        StreamId one = rule.stream();
                        StreamId two = rule.stream();
                        rule.store().append(two(rule, one, two));
                        Expect.versions(
                                "first stream",
                                1,
                                2,
                                rule.store().readStream(one).events());
                        Expect.versions(
                                "second stream",
                                1,
                                1,
                                rule.store().readStream(two).events());
                    }),
                    must("A7.2", "the results are in the order of the writes", rule -> {
                        StreamId one = rule.stream();
                        StreamId two = rule.stream();
                        rule.write(two, 5);
                        List<AppendResult> results = rule.store()
                                .append(AppendRequest.to(two, exactly(5), rule.event())
                                        .and(one, noStream(), rule.event(), rule.event()));
                        Expect.equal(
                                "streams",
                                List.of(two, one),
                                results.stream().map(AppendResult::stream).toList());
                        Expect.equal(
                                "versions",
                                List.of(6L, 2L),
                                results.stream().map(AppendResult::version).toList());
                    }),
                    must("A7.3", "each result has the position of its stream's last event", rule -> {
                        StreamId one = rule.stream();
                        StreamId two = rule.stream();
                        for (AppendResult result : rule.store().append(two(rule, one, two))) {
                            List<RecordedEvent> events =
                                    rule.store().readStream(result.stream()).events();
                            Expect.equal(
                                    "position", events.get(events.size() - 1).position(), result.position());
                        }
                    }),
                    must("A7.4", "a conflict on one stream leaves all streams of the append unchanged", rule -> {
                        StreamId one = rule.stream();
                        StreamId two = rule.stream();
                        rule.write(two, 1);
                        Outcomes.conflict(rule, two(rule, one, two));
                        Expect.equal(
                                "version of the first stream", 0L, rule.store().version(one));
                        Expect.equal(
                                "version of the second stream", 1L, rule.store().version(two));
                    }),
                    must("A7.5", "every violated expectation is reported", rule -> {
                        StreamId one = rule.stream();
                        StreamId fine = rule.stream();
                        StreamId checked = rule.stream();
                        rule.write(one, 3);
                        AppendRequest request = AppendRequest.to(one, exactly(1), rule.event())
                                .and(fine, noStream(), rule.event())
                                .check(checked, streamExists());
                        Set<Violation> expected = Set.of(
                                new Violation(one, exactly(1), 3, Reason.VERSION),
                                new Violation(checked, streamExists(), 0, Reason.VERSION));
                        Expect.equal("violations", expected, new HashSet<>(Outcomes.conflict(rule, request)));
                    }),
                    must("A7.6", "a stream that is only checked is not changed", rule -> {
                        StreamId checked = rule.stream();
                        List<EventData> events = rule.write(checked, 2);
                        AppendRequest request = AppendRequest.to(rule.stream(), noStream(), rule.event())
                                .check(checked, exactly(2));
                        Outcomes.appended(rule, request);
                        Expect.events(
                                "checked stream",
                                events,
                                rule.store().readStream(checked).events());
                    }),
                    must("A7.7", "an append is refused if only a check is not met", rule -> {
                        StreamId written = rule.stream();
                        StreamId checked = rule.stream();
                        rule.write(checked, 2);
                        Outcomes.conflict(
                                rule,
                                AppendRequest.to(written, noStream(), rule.event())
                                        .check(checked, exactly(1)));
                        Expect.equal(
                                "version of the written stream",
                                0L,
                                rule.store().version(written));
                    }),
                    must("A7.8", "a repeat of all writes is a replay of the original", rule -> {
                        AppendRequest request = two(rule, rule.stream(), rule.stream());
                        List<AppendResult> original = rule.store().append(request);
                        List<AppendResult> expected = original.stream()
                                .map(result ->
                                        new AppendResult(result.stream(), result.version(), result.position(), true))
                                .toList();
                        Expect.equal("results", expected, rule.store().append(request));
                    }),
                    must("A7.9", "a repeat is recognised even if its check is no longer met", rule -> {
                        StreamId checked = rule.stream();
                        AppendRequest request = AppendRequest.to(rule.stream(), noStream(), rule.event())
                                .check(checked, noStream());
                        AppendResult original = Outcomes.appended(rule, request);
                        rule.write(checked, 1);
                        Outcomes.replayed(rule, request, original);
                    }),
                    must("A7.10", "an append that combines repeated writes with new ones is a partial repeat", rule -> {
                        StreamId one = rule.stream();
                        StreamId two = rule.stream();
                        EventData event = rule.event();
                        rule.store().append(one, noStream(), event);
                        for (AppendRequest request : List.of(
                                AppendRequest.to(one, noStream(), event).and(two, noStream(), rule.event()),
                                AppendRequest.to(two, noStream(), rule.event()).and(one, noStream(), event))) {
                            Expect.equal(
                                    "violations",
                                    List.of(new Violation(one, noStream(), 1, Reason.PARTIAL_REPEAT)),
                                    Outcomes.conflict(rule, request));
                            Expect.equal(
                                    "version of the second stream",
                                    0L,
                                    rule.store().version(two));
                        }
                    }),
                    must("A7.11", "a refused append to several streams leaves nothing in the log", rule -> {
                        StreamId one = rule.stream();
                        StreamId two = rule.stream();
                        rule.write(two, 1);
                        Outcomes.conflict(rule, two(rule, one, two));
                        rule.write(two, 1);
                        Expect.versions("log", 1, 2, rule.logOf(one, two));
                    }),
                    repeated("A7.12", "appends to the same streams in other orders do not block each other", rule -> {
                        StreamId one = rule.stream();
                        StreamId two = rule.stream();
                        Concurrently.times(
                                4, i -> () -> crossing(rule, i % 2 == 0 ? one : two, i % 2 == 0 ? two : one));
                        Expect.equal(
                                "version of the first stream", 80L, rule.store().version(one));
                        Expect.equal(
                                "version of the second stream",
                                80L,
                                rule.store().version(two));
                    }),
                    must(
                            "I2.11",
                            "the checks of a repeat are not made again, whatever the state of the checked streams is by then",
                            MultiStreamRules::checkedBefore),
                    must("A7.13", "an event id used in two writes of one append is refused", rule -> {
                        EventData event = rule.event();
                        Expect.thrown(
                                InvalidRequest.class,
                                "append of one id to two streams",
                                () -> rule.store()
                                        .append(AppendRequest.to(rule.stream(), any(), event)
                                                .and(rule.stream(), any(), event)));
                    }))
            .requires(Capability.MULTI_STREAM_APPEND);

    private MultiStreamRules() {}

    private static void checkedBefore(RuleContext rule) {
        List<Consumer<StreamId>> changes = new ArrayList<>(List.of(stream -> rule.write(stream, 1)));
        if (rule.store().capabilities().supports(Capability.STREAM_ADMIN)) {
            changes.add(stream -> rule.admin().delete(stream, any()));
            changes.add(stream -> rule.admin().truncateBefore(stream, 2));
            changes.add(stream -> rule.admin().tombstone(stream, any()));
        }
        for (ExpectedVersion expected : List.of(noStream(), any())) {
            for (Consumer<StreamId> change : changes) {
                StreamId checked = rule.stream();
                rule.write(checked, 2);
                AppendRequest one = AppendRequest.to(rule.stream(), expected, rule.events(2));
                AppendRequest request = one.check(checked, exactly(2)).check(rule.stream(), noStream());
                if (Repeats.areRecognised(rule.store().capabilities().idempotency(), request)) {
                    AppendResult original = Outcomes.appended(rule, request);
                    change.accept(checked);
                    Outcomes.replayed(rule, request, original);
                }
            }
        }
    }

    private static AppendRequest two(RuleContext rule, StreamId one, StreamId two) {
        return AppendRequest.to(one, noStream(), rule.events(2)).and(two, noStream(), rule.event());
    }

    private static int crossing(RuleContext rule, StreamId first, StreamId second) {
        for (int i = 0; i < 20; i++) {
            rule.store().append(AppendRequest.to(first, any(), rule.event()).and(second, any(), rule.event()));
        }
        return 20;
    }
}

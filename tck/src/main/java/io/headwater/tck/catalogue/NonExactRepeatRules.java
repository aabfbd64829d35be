package io.headwater.tck.catalogue;

import static io.headwater.ExpectedVersion.any;
import static io.headwater.ExpectedVersion.exactly;
import static io.headwater.ExpectedVersion.noStream;
import static io.headwater.ExpectedVersion.streamExists;
import static io.headwater.tck.rule.Rule.fault;
import static io.headwater.tck.rule.Rule.must;
import static io.headwater.tck.rule.Rule.repeated;

import io.headwater.AppendRequest;
import io.headwater.AppendResult;
import io.headwater.EventData;
import io.headwater.Idempotency;
import io.headwater.StreamId;
import io.headwater.Violation;
import io.headwater.tck.catalogue.support.Outcomes;
import io.headwater.tck.rule.Declaration;
import io.headwater.tck.rule.Expect;
import io.headwater.tck.rule.Need;
import io.headwater.tck.rule.RuleContext;
import io.headwater.tck.rule.RuleGroup;
import java.util.List;
import java.util.stream.Stream;

/** Repeats of appends that expect any version, or any stream that exists (I3, I4). */
final class NonExactRepeatRules {
    /** The original counts among the stream's last ten, so this many may follow it. */
    private static final int LATER = 9;

    /** More than a backend remembers by chance. */
    private static final int MANY = 40;

    static final RuleGroup GROUP = RuleGroup.of(
            "non-exact repeats",
            must("I3.1", "a repeat with any() is a replay of the original", rule -> {
                AppendRequest request = AppendRequest.to(rule.stream(), any(), rule.events(3));
                Outcomes.replayed(rule, request, Outcomes.appended(rule, request));
            }),
            must("I3.2", "a repeat with streamExists() is a replay of the original", rule -> {
                StreamId stream = rule.stream();
                rule.write(stream, 2);
                AppendRequest request = AppendRequest.to(stream, streamExists(), rule.events(3));
                Outcomes.replayed(rule, request, Outcomes.appended(rule, request));
            }),
            must(
                    "I3.3",
                    "a repeat is recognised while the original is among the last 10 appends without an exact expectation",
                    rule -> Declaration.of(level(rule)).holds(() -> repeatedAfter(rule, LATER, true))),
            must("I3.4", "appends with an exact expectation do not count among the last 10", rule -> {
                StreamId stream = rule.stream();
                AppendRequest request = AppendRequest.to(stream, any(), rule.events(1));
                AppendResult original = Outcomes.appended(rule, request);
                for (int version = 1; version <= 15; version++) {
                    rule.store().append(stream, exactly(version), rule.event());
                }
                Outcomes.replayed(rule, request, original);
            }),
            must("I3.5", "a repeat writes nothing", rule -> {
                StreamId stream = rule.stream();
                AppendRequest request = AppendRequest.to(stream, any(), rule.events(2));
                Outcomes.replayed(rule, request, Outcomes.appended(rule, request));
                List<EventData> events = request.writes().get(0).events();
                Expect.events("stream", events, rule.store().readStream(stream).events());
                Expect.events("log", events, rule.logOf(stream));
            }),
            must("I3.6", "a repeat with fewer events is a partial repeat", rule -> {
                List<EventData> events = rule.events(3);
                partial(rule, events, events.subList(0, 2));
            }),
            must("I3.7", "a repeat with more events is a partial repeat", rule -> {
                List<EventData> events = rule.events(3);
                partial(rule, events, Outcomes.joined(events, rule.events(1)));
            }),
            must("I3.8", "a repeat whose first event matches and whose others do not is a partial repeat", rule -> {
                List<EventData> events = rule.events(3);
                partial(rule, events, List.of(events.get(0), events.get(2), events.get(1)));
            }),
            must("I3.9", "another instance recognises a repeat", rule -> {
                        AppendRequest request = AppendRequest.to(rule.stream(), any(), rule.events(2));
                        AppendResult original = Outcomes.appended(rule, request);
                        Outcomes.replayed(rule.another(), request, original);
                    })
                    .needs(Need.SECOND_INSTANCE),
            fault("I3.10", "a repeat is recognised after a restart", rule -> {
                        AppendRequest request = AppendRequest.to(rule.stream(), any(), rule.events(2));
                        AppendResult original = Outcomes.appended(rule, request);
                        Outcomes.replayed(rule.restarted(), request, original);
                    })
                    .needs(Need.RESTART),
            repeated("I3.11", "an append that is made many times concurrently is written once", rule -> {
                Outcomes.writtenOnce(
                        rule, Stream.generate(rule::stream).limit(20).toList(), any());
            }),
            must("I3.12", "a repeat is recognised for as long as the backend declares, and no longer", rule -> {
                switch (level(rule)) {
                    case ALWAYS -> Declaration.of(Idempotency.ALWAYS).holds(() -> repeatedAfter(rule, MANY, true));
                    case RECENT ->
                        Declaration.of(Idempotency.RECENT).holds(() -> repeatedAfter(rule, LATER + 1, false));
                    case BEST_EFFORT -> rule.write(rule.stream(), 1);
                }
            }),
            must("I4.3", "events of an append with an exact expectation can be appended again with any()", rule -> {
                StreamId stream = rule.stream();
                List<EventData> events = rule.events(2);
                Outcomes.appended(rule, AppendRequest.to(stream, noStream(), events));
                Outcomes.appended(rule, AppendRequest.to(stream, any(), events));
                Expect.equal("version", 4L, rule.store().version(stream));
            }),
            must("I4.4", "an append whose first event id is new is not a repeat, whatever follows", rule -> {
                StreamId stream = rule.stream();
                List<EventData> events = rule.write(stream, 2);
                AppendRequest request = AppendRequest.to(stream, any(), Outcomes.joined(rule.events(1), events));
                Expect.equal("version", 5L, Outcomes.appended(rule, request).version());
            }));

    private NonExactRepeatRules() {}

    private static Idempotency level(RuleContext rule) {
        return rule.store().capabilities().idempotency();
    }

    private static void repeatedAfter(RuleContext rule, int later, boolean recognised) {
        StreamId stream = rule.stream();
        AppendRequest request = AppendRequest.to(stream, any(), rule.events(2));
        AppendResult original = Outcomes.appended(rule, request);
        for (int i = 0; i < later; i++) {
            rule.write(stream, 3);
        }
        AppendResult repeat = rule.store().append(request).get(0);
        Expect.equal("a repeat after %s later appends is a replay".formatted(later), recognised, repeat.replayed());
        Expect.equal("its version", recognised ? original.version() : 4 + 3L * later, repeat.version());
    }

    private static void partial(RuleContext rule, List<EventData> original, List<EventData> repeat) {
        StreamId stream = rule.stream();
        Outcomes.appended(rule, AppendRequest.to(stream, any(), original));
        List<Violation> violations = Outcomes.conflict(rule, AppendRequest.to(stream, any(), repeat));
        Violation expected = new Violation(stream, any(), original.size(), Violation.Reason.PARTIAL_REPEAT);
        Expect.equal("violations", List.of(expected), violations);
        Expect.events("stream", original, rule.store().readStream(stream).events());
    }
}

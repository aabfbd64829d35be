package io.headwater.tck.catalogue;

import static io.headwater.ExpectedVersion.any;
import static io.headwater.ExpectedVersion.exactly;
import static io.headwater.ExpectedVersion.noStream;
import static io.headwater.ExpectedVersion.streamExists;
import static io.headwater.tck.rule.Rule.must;

import io.headwater.AppendRequest;
import io.headwater.AppendResult;
import io.headwater.EventData;
import io.headwater.ExpectedVersion;
import io.headwater.StreamId;
import io.headwater.StreamSlice;
import io.headwater.Violation;
import io.headwater.WrongExpectedVersion;
import io.headwater.tck.catalogue.support.Outcomes;
import io.headwater.tck.rule.Expect;
import io.headwater.tck.rule.RuleContext;
import io.headwater.tck.rule.RuleGroup;
import java.util.List;

/** When an append goes through, and what a refused one leaves behind: nothing (A3, A4). */
final class ExpectationRules {
    static final RuleGroup GROUP = RuleGroup.of(
            "expected version",
            must("A3.1", "noStream() accepts a stream that was never written", rule -> accepted(rule, 0, noStream())),
            must("A3.2", "noStream() does not accept a stream with events", rule -> refused(rule, 2, noStream())),
            must("A3.3", "streamExists() accepts a stream with events", rule -> accepted(rule, 2, streamExists())),
            must(
                    "A3.4",
                    "streamExists() does not accept a stream that was never written",
                    rule -> refused(rule, 0, streamExists())),
            must("A3.5", "any() accepts a stream that was never written", rule -> accepted(rule, 0, any())),
            must("A3.6", "any() accepts a stream with events", rule -> accepted(rule, 2, any())),
            must("A3.7", "exactly(n) accepts a stream at version n", rule -> accepted(rule, 3, exactly(3))),
            must("A3.8", "exactly(n) does not accept a stream below version n", rule -> refused(rule, 2, exactly(3))),
            must("A3.9", "exactly(n) does not accept a stream above version n", rule -> refused(rule, 4, exactly(3))),
            must(
                    "A3.10",
                    "exactly(n) does not accept a stream that was never written",
                    rule -> refused(rule, 0, exactly(1))),
            must("A3.11", "exactly(0) accepts a stream that was never written", rule -> accepted(rule, 0, exactly(0))),
            must("A3.12", "exactly(0) does not accept a stream with events", rule -> refused(rule, 1, exactly(0))),
            must("A4.1", "WrongExpectedVersion names the stream, the expected and the actual version", rule -> {
                StreamId stream = rule.stream();
                rule.write(stream, 3);
                WrongExpectedVersion thrown = Expect.thrown(
                        WrongExpectedVersion.class,
                        "append expecting version 2 at version 3",
                        () -> rule.store().append(stream, exactly(2), rule.event()));
                Expect.equal("stream", stream, thrown.stream());
                Expect.equal("expected", exactly(2), thrown.expected());
                Expect.equal("actual", 3L, thrown.actual());
            }),
            must("A4.2", "tryAppend returns the conflict that append throws", rule -> {
                StreamId stream = rule.stream();
                rule.write(stream, 3);
                List<Violation> expected = List.of(new Violation(stream, exactly(2), 3, Violation.Reason.VERSION));
                Expect.equal(
                        "violations",
                        expected,
                        Outcomes.conflict(rule, AppendRequest.to(stream, exactly(2), rule.event())));
            }),
            must("A4.3", "the actual version of a stream that was never written is 0", rule -> {
                StreamId stream = rule.stream();
                List<Violation> violations =
                        Outcomes.conflict(rule, AppendRequest.to(stream, exactly(5), rule.event()));
                Expect.equal("actual", 0L, violations.get(0).actual());
            }),
            must("A4.4", "a refused append leaves the stream as it was", rule -> {
                StreamId stream = rule.stream();
                List<EventData> events = rule.write(stream, 2);
                Outcomes.conflict(rule, AppendRequest.to(stream, exactly(1), rule.events(3)));
                StreamSlice slice = rule.store().readStream(stream);
                Expect.equal("version", 2L, slice.version());
                Expect.events("stream", events, slice.events());
            }),
            must("A4.5", "a refused append does not create the stream", rule -> {
                StreamId stream = rule.stream();
                Outcomes.conflict(rule, AppendRequest.to(stream, exactly(1), rule.event()));
                Expect.equal("version", 0L, rule.store().version(stream));
                Expect.equal(
                        "version",
                        1L,
                        rule.store().append(stream, noStream(), rule.event()).version());
            }),
            must("A4.6", "a refused append leaves nothing in the log", rule -> {
                StreamId stream = rule.stream();
                List<EventData> events = rule.write(stream, 1);
                Outcomes.conflict(rule, AppendRequest.to(stream, noStream(), rule.events(3)));
                List<EventData> last = rule.write(stream, 1);
                List<EventData> all = List.of(events.get(0), last.get(0));
                Expect.events("log", all, rule.logOf(stream));
            }),
            must("A4.7", "a refused append uses no version", rule -> {
                StreamId stream = rule.stream();
                rule.write(stream, 2);
                Outcomes.conflict(rule, AppendRequest.to(stream, noStream(), rule.events(3)));
                AppendResult next = rule.store().append(stream, exactly(2), rule.event());
                Expect.equal("version", 3L, next.version());
                Expect.versions("stream", 1, 3, rule.store().readStream(stream).events());
            }),
            must("A4.8", "the same events can be appended after they were refused", rule -> {
                StreamId stream = rule.stream();
                rule.write(stream, 2);
                List<EventData> events = rule.events(2);
                Outcomes.conflict(rule, AppendRequest.to(stream, exactly(1), events));
                AppendResult result = rule.store().append(stream, exactly(2), events);
                Expect.equal("version", 4L, result.version());
                Expect.equal("replayed", false, result.replayed());
            }));

    private ExpectationRules() {}

    private static void accepted(RuleContext rule, int version, ExpectedVersion expected) {
        StreamId stream = streamAt(rule, version);
        AppendRequest request = AppendRequest.to(stream, expected, rule.event());
        Expect.equal("version", version + 1L, Outcomes.appended(rule, request).version());
        Expect.versions(
                "stream", 1, version + 1L, rule.store().readStream(stream).events());
    }

    private static void refused(RuleContext rule, int version, ExpectedVersion expected) {
        StreamId stream = streamAt(rule, version);
        List<Violation> violations = Outcomes.conflict(rule, AppendRequest.to(stream, expected, rule.event()));
        Violation violation = new Violation(stream, expected, version, Violation.Reason.VERSION);
        Expect.equal("violations", List.of(violation), violations);
    }

    private static StreamId streamAt(RuleContext rule, int version) {
        StreamId stream = rule.stream();
        if (version > 0) {
            rule.write(stream, version);
        }
        return stream;
    }
}

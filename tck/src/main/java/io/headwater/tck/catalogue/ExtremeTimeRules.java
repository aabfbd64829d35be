package io.headwater.tck.catalogue;

import static io.headwater.ExpectedVersion.any;
import static io.headwater.tck.rule.Rule.must;
import static io.headwater.tck.rule.Rule.should;

import io.headwater.Capability;
import io.headwater.EventStore;
import io.headwater.StreamId;
import io.headwater.tck.catalogue.support.Boundaries;
import io.headwater.tck.rule.Expect;
import io.headwater.tck.rule.Need;
import io.headwater.tck.rule.RuleContext;
import io.headwater.tck.rule.RuleGroup;
import io.headwater.tck.rule.TestClock;
import java.time.Duration;
import java.time.Instant;

/**
 * Events of every time that a store keeps (A8, G10). The last group: once the log has an event of the year 9999, every time
 * before then begins before that event, and rules about the positions of times find less.
 */
final class ExtremeTimeRules {
    private static final Duration AHEAD = Duration.ofDays(100);
    private static final Duration TWO_HOURS = Duration.ofHours(2);
    private static final int STEPS = 5;

    static final RuleGroup GROUP = RuleGroup.of(
                    "clocks: years 1 to 9999",
                    should(
                                    "G10.12",
                                    "the position of a time between others is not before events that are hours older",
                                    ExtremeTimeRules::notEarly)
                            .requires(Capability.POSITION_AT_TIME),
                    must("G10.11", "the positions of times are correct for the years 1 to 9999", rule -> {
                                StreamId stream = rule.stream();
                                write(rule, stream);
                                LogTimeRules.beginAfter(rule, rule.logOf(stream));
                            })
                            .requires(Capability.POSITION_AT_TIME),
                    must("A8.12", "any time of the years 1 to 9999 is returned unchanged", rule -> {
                        StreamId stream = rule.stream();
                        write(rule, stream);
                        Expect.equal("recordedAt in the log", Boundaries.TIMES, ClockRules.times(rule.logOf(stream)));
                        Expect.equal(
                                "recordedAt",
                                Boundaries.TIMES,
                                ClockRules.times(rule.store().readStream(stream).events()));
                    }))
            .needs(Need.SECOND_INSTANCE, Need.EVENT_CLOCK);

    private ExtremeTimeRules() {}

    /** In times to come, of which no other rule leaves events behind, but for those of the far future. */
    private static void notEarly(RuleContext rule) {
        TestClock clock = new TestClock(AHEAD);
        EventStore store = rule.another(clock);
        StreamId stream = rule.stream();
        for (int i = 0; i < STEPS; i++) {
            store.append(stream, any(), rule.events(2));
            clock.move(TWO_HOURS);
        }
        ClockRules.times(rule.logOf(stream)).forEach(time -> LogRules.notEarly(rule, time));
    }

    private static void write(RuleContext rule, StreamId stream) {
        TestClock clock = new TestClock(Duration.ZERO);
        EventStore store = rule.another(clock);
        for (Instant time : Boundaries.TIMES) {
            clock.set(time);
            store.append(stream, any(), rule.event());
        }
        Expect.equal("version", (long) Boundaries.TIMES.size(), rule.store().version(stream));
    }
}

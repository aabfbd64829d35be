package io.headwater.tck.catalogue;

import static io.headwater.ExpectedVersion.any;
import static io.headwater.tck.rule.Rule.must;

import io.headwater.Capability;
import io.headwater.EventStore;
import io.headwater.RecordedEvent;
import io.headwater.StreamId;
import io.headwater.tck.catalogue.support.Boundaries;
import io.headwater.tck.rule.Expect;
import io.headwater.tck.rule.Need;
import io.headwater.tck.rule.RuleContext;
import io.headwater.tck.rule.RuleGroup;
import io.headwater.tck.rule.TestClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Events of every time that a store keeps (A8, G10). The last group: once the log has an event of the year 9999, every time
 * before then begins before that event, and rules about the positions of times find less.
 */
final class ExtremeTimeRules {
    static final RuleGroup GROUP = RuleGroup.of(
                    "clocks: years 1 to 9999",
                    must("G10.11", "the positions of times are correct for the years 1 to 9999", rule -> {
                                StreamId stream = rule.stream();
                                write(rule, stream);
                                LogTimeRules.beginAfter(rule, rule.logOf(stream));
                            })
                            .requires(Capability.POSITION_AT_TIME),
                    must("A8.12", "any time of the years 1 to 9999 is returned unchanged", rule -> {
                        StreamId stream = rule.stream();
                        write(rule, stream);
                        Expect.equal("recordedAt in the log", Boundaries.TIMES, times(rule.logOf(stream)));
                        Expect.equal(
                                "recordedAt",
                                Boundaries.TIMES,
                                times(rule.store().readStream(stream).events()));
                    }))
            .needs(Need.SECOND_INSTANCE, Need.EVENT_CLOCK);

    private ExtremeTimeRules() {}

    private static void write(RuleContext rule, StreamId stream) {
        TestClock clock = new TestClock(Duration.ZERO);
        EventStore store = rule.another(clock);
        for (Instant time : Boundaries.TIMES) {
            clock.set(time);
            store.append(stream, any(), rule.event());
        }
        Expect.equal("version", (long) Boundaries.TIMES.size(), rule.store().version(stream));
    }

    private static List<Instant> times(List<RecordedEvent> events) {
        return events.stream().map(RecordedEvent::recordedAt).toList();
    }
}

package io.headwater.tck.catalogue;

import static io.headwater.ExpectedVersion.any;
import static io.headwater.tck.rule.Rule.fault;
import static io.headwater.tck.rule.Rule.must;

import io.headwater.Capability;
import io.headwater.EventStore;
import io.headwater.Position;
import io.headwater.RecordedEvent;
import io.headwater.StreamId;
import io.headwater.tck.rule.Expect;
import io.headwater.tck.rule.Need;
import io.headwater.tck.rule.RuleContext;
import io.headwater.tck.rule.RuleGroup;
import io.headwater.tck.rule.TestClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** Where in the log a time begins, whatever the clock did (G10). */
final class LogTimeRules {
    private static final Duration MICRO = Duration.ofNanos(1000);

    /** Hours that the clock has moved since the beginning, one after the other. */
    private static final List<Integer> HOURS =
            List.of(0, 0, 1, -1, 2, 2, -5, -4, 3, 0, 4, -9, 4, 4, 5, -2, -2, 6, 1, 7, -20, 8, 7, 9, 9, -3);

    /** Enough that an index of every thousandth event or so has marks between them. */
    private static final int EVENTS_EACH = 100;

    static final RuleGroup GROUP = RuleGroup.of(
                    "log: times",
                    must("G10.7", "all events of the same time lie after the position of that time", rule -> {
                        TestClock clock = new TestClock(Duration.ofHours(-100));
                        EventStore store = rule.another(clock);
                        StreamId stream = rule.stream();
                        for (int i = 0; i < 5; i++) {
                            store.append(stream, any(), rule.events(2));
                        }
                        clock.move(MICRO);
                        store.append(stream, any(), rule.events(2));
                        beginAfter(rule, rule.logOf(stream));
                    }),
                    must("G10.8", "the positions of times are correct when the clock goes back and jumps", rule -> {
                        StreamId stream = rule.stream();
                        writeUnderJumps(rule, stream);
                        List<RecordedEvent> events = rule.logOf(stream);
                        Expect.equal("events", HOURS.size() * EVENTS_EACH, events.size());
                        beginAfter(rule, events);
                    }),
                    fault("G10.9", "the positions of times are correct after a restart", rule -> {
                                StreamId stream = rule.stream();
                                writeUnderJumps(rule, stream);
                                List<RecordedEvent> events = rule.logOf(stream);
                                rule.restarted();
                                beginAfter(rule, events);
                            })
                            .needs(Need.RESTART))
            .needs(Need.SECOND_INSTANCE, Need.EVENT_CLOCK)
            .requires(Capability.POSITION_AT_TIME);

    private LogTimeRules() {}

    private static void writeUnderJumps(RuleContext rule, StreamId stream) {
        TestClock clock = new TestClock(Duration.ofHours(-50));
        Instant begin = clock.instant();
        EventStore store = rule.another(clock);
        for (int hours : HOURS) {
            clock.set(begin.plus(Duration.ofHours(hours)));
            store.append(stream, any(), rule.events(EVENTS_EACH));
        }
    }

    /** For each of their times, and those a microsecond before and after it. */
    static void beginAfter(RuleContext rule, List<RecordedEvent> events) {
        events.stream()
                .map(RecordedEvent::recordedAt)
                .distinct()
                .flatMap(time -> Stream.of(time.minus(MICRO), time, time.plus(MICRO)))
                .forEach(time -> beginAfter(time, rule.store().positionAt(time), events));
    }

    private static void beginAfter(Instant time, Position begin, List<RecordedEvent> events) {
        events.stream()
                .filter(event -> !event.recordedAt().isBefore(time))
                .findFirst()
                .ifPresent(event -> Expect.ascending(
                        "position of %s, and an event of %s".formatted(time, event.recordedAt()),
                        begin,
                        event.position()));
    }
}

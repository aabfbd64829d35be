package io.headwater.tck.catalogue;

import static io.headwater.ExpectedVersion.any;
import static io.headwater.ExpectedVersion.exactly;
import static io.headwater.ExpectedVersion.noStream;
import static io.headwater.tck.rule.Rule.must;

import io.headwater.AppendRequest;
import io.headwater.AppendResult;
import io.headwater.BulkImport;
import io.headwater.Capability;
import io.headwater.EventStore;
import io.headwater.EventStores;
import io.headwater.RecordedEvent;
import io.headwater.StreamId;
import io.headwater.spi.StoredTime;
import io.headwater.tck.catalogue.support.Outcomes;
import io.headwater.tck.catalogue.support.RecordedAnswers;
import io.headwater.tck.catalogue.support.WholeStore;
import io.headwater.tck.rule.Expect;
import io.headwater.tck.rule.Need;
import io.headwater.tck.rule.Repeats;
import io.headwater.tck.rule.RuleContext;
import io.headwater.tck.rule.RuleGroup;
import io.headwater.tck.rule.TestClock;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/** The times of events under clocks that stand still, jump, go back and differ (A8). */
final class ClockRules {
    private static final Duration YEAR = Duration.ofDays(365);
    private static final Duration DAY = Duration.ofDays(1);

    static final RuleGroup GROUP = RuleGroup.of(
            "clocks",
            must("A8.6", "the time of an event is kept to the microsecond or finer", rule -> {
                StreamId stream = rule.stream();
                for (int i = 0; i < 20; i++) {
                    rule.append(stream);
                }
                List<Instant> times = times(rule.store(), stream);
                Expect.equal("events", 20, times.size());
                Expect.that(
                        times.stream().anyMatch(time -> time.get(ChronoField.MICRO_OF_SECOND) % 10 != 0),
                        "no time of 20 events has a digit of microseconds: " + times);
            }),
            must("A8.7", "digits of a time that a store does not keep are cut off, not rounded", rule -> {
                        TestClock clock = new TestClock(Duration.ZERO);
                        EventStore store = rule.another(clock);
                        for (String given :
                                List.of("2020-02-29T23:59:59.999999999Z", "1969-12-31T23:59:59.999999001Z")) {
                            clock.set(Instant.parse(given));
                            StreamId stream = rule.stream();
                            store.append(stream, any(), rule.event());
                            Instant recorded = times(store, stream).get(0);
                            Expect.equal(
                                    "recordedAt of " + given + ", in microseconds",
                                    clock.instant().truncatedTo(ChronoUnit.MICROS),
                                    recorded.truncatedTo(ChronoUnit.MICROS));
                            Expect.that(!recorded.isAfter(clock.instant()), recorded + " is after " + given);
                        }
                    })
                    .needs(Need.SECOND_INSTANCE, Need.EVENT_CLOCK),
            must("A8.8", "imported events have the time of the clock", rule -> {
                        TestClock clock = new TestClock(YEAR.negated());
                        EventStore store = rule.another(clock);
                        StreamId stream = rule.stream();
                        rule.facet(store, BulkImport.class)
                                .appendAll(List.of(AppendRequest.to(stream, any(), rule.events(3))));
                        Expect.equal("recordedAt", Collections.nCopies(3, clock.instant()), times(store, stream));
                    })
                    .requires(Capability.BULK_IMPORT)
                    .needs(Need.SECOND_INSTANCE, Need.EVENT_CLOCK),
            must("A8.9", "events of an append to several streams have the time of the clock", rule -> {
                        TestClock clock = new TestClock(YEAR.negated());
                        EventStore store = rule.another(clock);
                        StreamId one = rule.stream();
                        StreamId other = rule.stream();
                        store.append(AppendRequest.to(one, any(), rule.event()).and(other, any(), rule.event()));
                        Expect.equal("recordedAt", List.of(clock.instant()), times(store, one));
                        Expect.equal("recordedAt", List.of(clock.instant()), times(store, other));
                    })
                    .requires(Capability.MULTI_STREAM_APPEND)
                    .needs(Need.SECOND_INSTANCE, Need.EVENT_CLOCK),
            must("A8.10", "clocks that differ do not change the order of events", ClockRules::differentClocks)
                    .needs(Need.SECOND_INSTANCE, Need.EVENT_CLOCK),
            must("A8.11", "the times of events come from the clock that the backend declares", rule -> {
                        TestClock clock = new TestClock(YEAR.negated());
                        EventStore store = rule.another(clock);
                        StreamId stream = rule.stream();
                        store.append(stream, any(), rule.event());
                        Instant recorded = times(store, stream).get(0);
                        Duration off =
                                Duration.between(clock.instant(), recorded).abs();
                        Expect.equal(
                                "recordedAt %s by the clock that the store was opened with, which shows %s"
                                        .formatted(recorded, clock.instant()),
                                follows(rule, StoredTime.RECORDED_AT),
                                off.compareTo(DAY) < 0);
                    })
                    .needs(Need.SECOND_INSTANCE, Need.CONFIGURATION),
            must("I1.19", "repeats are recognised after any time", ClockRules::repeats)
                    .needs(Need.SECOND_INSTANCE, Need.EVENT_CLOCK),
            must("L6.24", "nothing that is stored ends with time, but for leases", rule -> {
                        AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);
                        EventStore store = rule.another(movable(ahead));
                        WholeStore whole = WholeStore.of(rule, store);
                        RecordedAnswers before = whole.lastingAnswers(store);
                        ahead.set(YEAR.multipliedBy(10));
                        store.append(rule.stream(), any(), rule.event());
                        whole.lastingAnswers(store).areSameAs(before, "ten years later");
                    })
                    .needs(Need.SECOND_INSTANCE, Need.EVENT_CLOCK));

    private ClockRules() {}

    /** A clock that runs, and is ahead of that of the system by this. */
    private static Clock movable(AtomicReference<Duration> ahead) {
        return new Clock() {
            @Override
            public Instant instant() {
                return Instant.now().plus(ahead.get());
            }

            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                throw new UnsupportedOperationException("this clock has the zone UTC");
            }
        };
    }

    private static void repeats(RuleContext rule) {
        TestClock clock = new TestClock(Duration.ZERO);
        EventStore store = rule.another(clock);
        StreamId stream = rule.stream();
        List<AppendRequest> requests = new ArrayList<>(List.of(
                AppendRequest.to(stream, noStream(), rule.events(2)),
                AppendRequest.to(stream, exactly(2), rule.events(2)),
                AppendRequest.to(stream, any(), rule.events(2))));
        if (store.capabilities().supports(Capability.MULTI_STREAM_APPEND)) {
            requests.add(AppendRequest.to(rule.stream(), noStream(), rule.event())
                    .and(rule.stream(), noStream(), rule.event()));
        }
        requests.removeIf(request -> !Repeats.areRecognised(store.capabilities().idempotency(), request));
        List<AppendResult> originals =
                requests.stream().map(request -> store.append(request).get(0)).toList();
        for (Duration time : List.of(DAY, YEAR.multipliedBy(10), YEAR.multipliedBy(-20))) {
            clock.move(time);
            store.append(rule.stream(), any(), rule.event());
            for (int i = 0; i < requests.size(); i++) {
                Outcomes.replayed(store, requests.get(i), originals.get(i));
            }
        }
    }

    /** Whether the backend says that these times are of the clock that a store is opened with. */
    static boolean follows(RuleContext rule, StoredTime time) {
        String scheme = rule.config().url().scheme();
        return EventStores.backends().stream()
                .filter(provider -> provider.schemes().contains(scheme))
                .anyMatch(provider -> provider.clockedTimes().contains(time));
    }

    private static void differentClocks(RuleContext rule) {
        TestClock ahead = new TestClock(DAY);
        TestClock behind = new TestClock(YEAR.negated());
        EventStore one = rule.another(ahead);
        EventStore other = rule.another(behind);
        StreamId stream = rule.stream();
        List<Instant> expected = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            one.append(stream, any(), rule.event());
            other.append(stream, any(), rule.event());
            expected.addAll(List.of(ahead.instant(), behind.instant()));
        }
        Expect.equal("recordedAt", expected, times(rule.store(), stream));
        Expect.versions("stream", 1, 10, rule.store().readStream(stream).events());
        Expect.versions("log", 1, 10, rule.logOf(stream));
    }

    private static List<Instant> times(EventStore store, StreamId stream) {
        return times(store.readStream(stream).events());
    }

    static List<Instant> times(List<RecordedEvent> events) {
        return events.stream().map(RecordedEvent::recordedAt).toList();
    }
}

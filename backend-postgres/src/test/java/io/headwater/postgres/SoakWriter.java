package io.headwater.postgres;

import io.headwater.AppendOutcome;
import io.headwater.AppendOutcome.Appended;
import io.headwater.AppendOutcome.Conflict;
import io.headwater.AppendOutcomeUnknown;
import io.headwater.EventData;
import io.headwater.EventStore;
import io.headwater.ExpectedVersion;
import io.headwater.StoreUnavailable;
import io.headwater.StreamId;
import io.headwater.tck.rule.Journal;
import io.headwater.tck.rule.StoreProcess;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.BooleanSupplier;

/** Appends to streams of its own and to shared ones, and repeats each call until it returns the outcome. */
final class SoakWriter {
    private static final int OWN_STREAMS = 3;
    private static final int SHARED_STREAMS = 4;
    private static final int MAX_EVENTS = 5;
    private static final long PAUSE_MILLIS = 5;

    private final int number;
    private final Call call;
    private final Random random;
    private final Map<StreamId, Long> versions = new HashMap<>();

    /** An append that is noted in the journal. */
    private interface Call {
        AppendOutcome append(StreamId stream, ExpectedVersion expected, List<EventData> events);
    }

    private SoakWriter(int number, Call call, long seed) {
        this.number = number;
        this.call = call;
        this.random = new Random(seed);
    }

    static SoakWriter of(int number, EventStore store, Journal journal, long seed) {
        return new SoakWriter(
                number, (stream, expected, events) -> journal.append(store, stream, expected, events), seed);
    }

    static SoakWriter of(int number, StoreProcess process, Journal journal, long seed) {
        return new SoakWriter(
                number, (stream, expected, events) -> journal.append(process, stream, expected, events), seed);
    }

    /** Returns how many appends went through. */
    int run(BooleanSupplier goesOn) {
        int done = 0;
        while (goesOn.getAsBoolean()) {
            boolean appended = random.nextInt(4) > 0 ? appendToOwn() : appendToShared();
            done += appended ? 1 : 0;
        }
        return done;
    }

    /** No other writer appends to it, so that its version is known, and repeats of 'any' are among its last appends. */
    private boolean appendToOwn() {
        StreamId stream = StreamId.of("own" + number, Integer.toString(random.nextInt(OWN_STREAMS)));
        boolean any = random.nextInt(3) == 0;
        return append(stream, any ? ExpectedVersion.any() : expected(stream));
    }

    private boolean appendToShared() {
        StreamId stream = StreamId.of("shared", Integer.toString(random.nextInt(SHARED_STREAMS)));
        return append(stream, expected(stream));
    }

    private ExpectedVersion expected(StreamId stream) {
        return ExpectedVersion.exactly(versions.getOrDefault(stream, 0L));
    }

    private boolean append(StreamId stream, ExpectedVersion expected) {
        AppendOutcome outcome = decided(stream, expected, events());
        if (outcome instanceof Conflict conflict) {
            versions.put(stream, conflict.violations().get(0).actual());
            return false;
        }
        versions.put(stream, ((Appended) outcome).first().version());
        return true;
    }

    private List<EventData> events() {
        List<EventData> events = new ArrayList<>();
        int count = 1 + random.nextInt(MAX_EVENTS);
        for (int i = 0; i < count; i++) {
            events.add(EventData.json("Soaked", "{\"place\":%s,\"of\":%s}".formatted(i, count)));
        }
        return events;
    }

    private AppendOutcome decided(StreamId stream, ExpectedVersion expected, List<EventData> events) {
        while (true) {
            try {
                return call.append(stream, expected, events);
            } catch (AppendOutcomeUnknown | StoreUnavailable again) {
                Soak.last(PAUSE_MILLIS);
            }
        }
    }
}

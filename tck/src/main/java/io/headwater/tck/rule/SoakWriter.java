package io.headwater.tck.rule;

import io.headwater.AppendOutcome;
import io.headwater.AppendOutcome.Appended;
import io.headwater.AppendOutcome.Conflict;
import io.headwater.AppendOutcomeUnknown;
import io.headwater.AppendRequest;
import io.headwater.AppendResult;
import io.headwater.EventData;
import io.headwater.ExpectedVersion;
import io.headwater.StoreUnavailable;
import io.headwater.StreamId;
import io.headwater.Violation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/**
 * One of the writers of a test that goes on for a while, whatever happens to the store. Appends to streams of its own and to
 * those that all writers share, and repeats each call until it returns the outcome. For one thread.
 */
public final class SoakWriter {
    private static final String SHARED = "shared";
    private static final int OWN_STREAMS = 3;
    private static final int SHARED_STREAMS = 4;
    private static final int MAX_EVENTS = 5;
    private static final int KINDS = 8;
    private static final long PAUSE_NANOS = Duration.ofMillis(5).toNanos();

    private final int number;
    private final Function<AppendRequest, AppendOutcome> call;
    private final Journal journal;
    private final Random random;
    private final Map<StreamId, Long> versions = new HashMap<>();
    private boolean singly;

    /**
     * The writer of this number.
     *
     * @param call makes an append
     * @param journal records every attempt
     */
    public SoakWriter(int number, Function<AppendRequest, AppendOutcome> call, Journal journal, long seed) {
        this.number = number;
        this.call = call;
        this.journal = journal;
        this.random = new Random(seed);
    }

    /** Appends to one stream at a time, for stores that cannot append to several. */
    public SoakWriter toSingleStreams() {
        singly = true;
        return this;
    }

    /** Appends for as long as this says so. Returns how many appends went through. Fails at a conflict without a cause (A4). */
    public int run(BooleanSupplier goesOn) {
        int done = 0;
        while (goesOn.getAsBoolean()) {
            AppendOutcome outcome = decided(next());
            done += outcome instanceof Appended ? 1 : 0;
        }
        return done;
    }

    private AppendRequest next() {
        return switch (singly ? 1 + random.nextInt(KINDS - 1) : random.nextInt(KINDS)) {
            case 0 -> toTwoOwn();
            case 1, 2 -> {
                StreamId shared = StreamId.of(SHARED, Integer.toString(random.nextInt(SHARED_STREAMS)));
                yield AppendRequest.to(shared, known(shared), events());
            }
            default -> {
                StreamId own = own(random.nextInt(OWN_STREAMS));
                // Of appends with 'any', the last ones to a stream are known again.
                yield AppendRequest.to(own, random.nextInt(3) == 0 ? ExpectedVersion.any() : known(own), events());
            }
        };
    }

    private AppendRequest toTwoOwn() {
        int first = random.nextInt(OWN_STREAMS);
        StreamId one = own(first);
        StreamId other = own((first + 1) % OWN_STREAMS);
        return AppendRequest.to(one, known(one), events()).and(other, known(other), events().get(0));
    }

    /** No other writer appends to it. */
    private StreamId own(int stream) {
        return StreamId.of("own" + number, Integer.toString(stream));
    }

    private ExpectedVersion known(StreamId stream) {
        return ExpectedVersion.exactly(versions.getOrDefault(stream, 0L));
    }

    private List<EventData> events() {
        List<EventData> events = new ArrayList<>();
        int count = 1 + random.nextInt(MAX_EVENTS);
        for (int i = 0; i < count; i++) {
            events.add(EventData.json("Soaked", "{\"place\":%s,\"of\":%s}".formatted(i, count)));
        }
        return events;
    }

    private AppendOutcome decided(AppendRequest request) {
        while (true) {
            try {
                AppendOutcome outcome = journal.append(call, request);
                learn(outcome);
                return outcome;
            } catch (AppendOutcomeUnknown | StoreUnavailable again) {
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
    }

    private void learn(AppendOutcome outcome) {
        if (outcome instanceof Conflict conflict) {
            conflict.violations().forEach(this::hasCause);
            conflict.violations().forEach(violation -> versions.put(violation.stream(), violation.actual()));
        } else {
            for (AppendResult result : outcome.orThrow()) {
                versions.put(result.stream(), result.version());
            }
        }
    }

    /** What is expected was once so, so that only a higher version is a cause; in a stream of its own, nothing is. */
    private void hasCause(Violation violation) {
        long expected = versions.getOrDefault(violation.stream(), 0L);
        Expect.that(
                violation.actual() > expected && violation.stream().category().equals(Optional.of(SHARED)),
                "conflict without a cause: " + violation.describe());
    }
}

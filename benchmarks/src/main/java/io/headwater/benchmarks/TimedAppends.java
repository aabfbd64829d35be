package io.headwater.benchmarks;

import io.headwater.ContentType;
import io.headwater.EventData;
import io.headwater.EventStore;
import io.headwater.ExpectedVersion;
import io.headwater.Metadata;
import io.headwater.Payload;
import io.headwater.RecordedEvent;
import io.headwater.StreamId;
import java.time.Duration;
import java.time.Instant;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Appends one event after the other, when it is due. An event that has to wait because the append before it took long counts
 * from when it was due: otherwise a slow append would hide what it does to those behind it.
 */
final class TimedAppends implements Sender {
    private static final String SENT_AT = "sentAtNanos";
    private static final StreamId STREAM =
            StreamId.of("timed", UUID.randomUUID().toString());

    private final EventStore store;
    private final SampleEvents events = new SampleEvents(Settings.SEED);
    private final SplittableRandom random = new SplittableRandom(Settings.SEED);

    /** The store belongs to the caller. */
    TimedAppends(EventStore store) {
        this.store = store;
    }

    @Override
    public int send(int perSecond, Duration time) {
        long due = now();
        long end = due + time.toNanos();
        int sent = 0;
        do {
            due += pause(perSecond);
            append(awaitTime(due));
            sent++;
        } while (due < end);
        return sent;
    }

    /** As long as between two independent events. */
    private long pause(int perSecond) {
        return (long) (-Math.log(1 - random.nextDouble()) / perSecond * 1e9);
    }

    /** The same clock for all processes of a machine. */
    static long now() {
        Instant now = Instant.now();
        return TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano();
    }

    /** Returns the time if it had to wait, else the time that is over. */
    private static long awaitTime(long due) {
        long time = now();
        if (time >= due) {
            return due;
        }
        while (time < due) {
            LockSupport.parkNanos(due - time);
            time = now();
        }
        return time;
    }

    private void append(long sentAt) {
        SampleEvent sample = events.next(1).get(0);
        Metadata metadata = Metadata.of(sample.metadata()).with(SENT_AT, "" + sentAt);
        store.append(
                STREAM,
                ExpectedVersion.any(),
                new EventData(sample.id(), sample.type(), Payload.of(sample.data(), ContentType.JSON), metadata));
    }

    /** When an event was sent, as {@link #now()}. */
    static long sentAt(RecordedEvent event) {
        return Long.parseLong(event.metadata().get(SENT_AT).orElseThrow());
    }
}

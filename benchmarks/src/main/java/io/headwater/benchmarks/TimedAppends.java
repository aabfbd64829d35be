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
import java.util.UUID;
import java.util.function.DoubleConsumer;

/** Appends one event after the other. */
final class TimedAppends implements Sender {
    private static final String SENT_AT = "sentAtNanos";
    private static final StreamId STREAM =
            StreamId.of("timed", UUID.randomUUID().toString());

    private final EventStore store;
    private final SampleEvents events = new SampleEvents(Settings.SEED);
    private final RandomTimes times = new RandomTimes();

    /** Receives how long each append took, in milliseconds. */
    private final DoubleConsumer durations;

    /** The store belongs to the caller. */
    TimedAppends(EventStore store, DoubleConsumer durations) {
        this.store = store;
        this.durations = durations;
    }

    @Override
    public int send(int perSecond, Duration time) {
        return times.each(perSecond, time, this::append);
    }

    private void append(long sentAt) {
        SampleEvent sample = events.next(1).get(0);
        Metadata metadata = Metadata.of(sample.metadata()).with(SENT_AT, "" + sentAt);
        store.append(
                STREAM,
                ExpectedVersion.any(),
                new EventData(sample.id(), sample.type(), Payload.of(sample.data(), ContentType.JSON), metadata));
        durations.accept((RandomTimes.now() - sentAt) / 1e6);
    }

    /** The time at which an event was sent, as {@link RandomTimes#now()}. */
    static long sentAt(RecordedEvent event) {
        return Long.parseLong(event.metadata().get(SENT_AT).orElseThrow());
    }
}

package io.headwater.internal.subscription.log;

import io.headwater.Position;
import io.headwater.RecordedEvent;
import io.headwater.StreamId;
import java.time.Instant;
import java.util.UUID;

/** An event that was read, without its payload. The log is the one that was read as long as it has this event. */
record Witness(StreamId stream, long version, Position position, UUID id, Instant recordedAt) {

    static Witness of(RecordedEvent event) {
        return new Witness(event.stream(), event.version(), event.position(), event.id(), event.recordedAt());
    }
}

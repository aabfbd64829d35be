package io.headwater;

import java.time.Instant;
import java.util.UUID;

/**
 * An event as the store holds it; the same on every read path (A8, G9).
 *
 * @param stream the stream it belongs to
 * @param version its place in the stream, from 1 (A2)
 * @param position its place in the global log (G2)
 * @param id as appended
 * @param type as appended
 * @param data as appended, byte for byte (P1)
 * @param metadata as appended
 * @param recordedAt when the store took it (UTC), by the clock of the process or server that wrote it
 */
public record RecordedEvent(
        StreamId stream,
        long version,
        Position position,
        UUID id,
        String type,
        Payload data,
        Metadata metadata,
        Instant recordedAt) {

    public RecordedEvent {
        ArgumentChecks.notNull(stream, "stream");
        ArgumentChecks.that(version >= 1, "an event's version starts at 1");
        ArgumentChecks.notNull(position, "position");
        ArgumentChecks.notNull(id, "event id");
        ArgumentChecks.notNull(type, "event type");
        ArgumentChecks.notNull(data, "event data");
        ArgumentChecks.notNull(metadata, "metadata");
        ArgumentChecks.notNull(recordedAt, "recordedAt");
    }

    /** What to append elsewhere to hold the same event: id, type, data and metadata. */
    public EventData toEventData() {
        return new EventData(id, type, data, metadata);
    }
}

package io.headwater;

import java.time.Instant;
import java.util.UUID;

/**
 * An event as the store has it. It is the same on every read path (A8, G9).
 *
 * @param stream the stream that it belongs to
 * @param version its place in the stream, from 1 (A2)
 * @param position its place in the global log (G2)
 * @param id as appended
 * @param type as appended
 * @param data as appended, byte for byte (P1)
 * @param metadata as appended
 * @param recordedAt when it was appended, in UTC, by the clock of the process or server that wrote it. Not an order: clocks
 *     go back
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
        ArgumentChecks.that(version >= 1, "the version of an event is at least 1");
        ArgumentChecks.notNull(position, "position");
        ArgumentChecks.notNull(id, "event id");
        ArgumentChecks.notNull(type, "event type");
        ArgumentChecks.notNull(data, "event data");
        ArgumentChecks.notNull(metadata, "metadata");
        ArgumentChecks.notNull(recordedAt, "recordedAt");
    }

    /** The event as it can be appended elsewhere: id, type, data and metadata. */
    public EventData toEventData() {
        return new EventData(id, type, data, metadata);
    }
}

package io.headwater.migration.store;

import io.headwater.EventData;
import io.headwater.Limits;
import io.headwater.Metadata;
import io.headwater.RecordedEvent;

/**
 * Keeps the time at which an event was recorded in a store that gives events a time of its own: as the metadata entry {@code
 * occurredAt}, as an export does, unless the event has that entry.
 */
public final class OccurredAt {
    private static final String KEY = "occurredAt";

    private OccurredAt() {}

    /**
     * The event as it is appended to such a store. An event with metadata of a foreign shape, and one that would become too large,
     * stays as it is.
     *
     * @param limits those of the store
     */
    public static EventData of(RecordedEvent event, Limits limits) {
        EventData plain = event.toEventData();
        Metadata metadata = plain.metadata();
        if (metadata.raw().isPresent() || metadata.get(KEY).isPresent()) {
            return plain;
        }
        EventData timed = new EventData(
                plain.id(),
                plain.type(),
                plain.data(),
                metadata.with(KEY, event.recordedAt().toString()));
        return timed.size() <= Math.min(limits.maxEventBytes(), limits.maxAppendBytes()) ? timed : plain;
    }
}

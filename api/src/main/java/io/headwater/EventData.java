package io.headwater;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;

/**
 * An event to append.
 *
 * <p>The store recognises a repeated append by the ids of its events (I1), so use the same ids when you append again. If a
 * whole command may be delivered again, {@link EventStore#handle(CommandId, StreamId, Decision)} computes the ids of its
 * events.
 *
 * @param id unique within one append; the factory methods use a random one
 * @param type what happened; follows the rules for names (P2)
 * @param data the payload
 * @param metadata information about the event
 */
public record EventData(UUID id, String type, Payload data, Metadata metadata) {

    public EventData {
        ArgumentChecks.notNull(id, "event id");
        ArgumentChecks.name(type, "event type");
        ArgumentChecks.notNull(data, "event data");
        ArgumentChecks.notNull(metadata, "metadata");
    }

    /** An event with a random id and no metadata. */
    public static EventData of(String type, Payload data) {
        return new EventData(UUID.randomUUID(), type, data, Metadata.none());
    }

    /** An event with a JSON payload, a random id and no metadata. */
    public static EventData json(String type, String json) {
        return of(type, Payload.json(json));
    }

    /** An event with a binary payload, a random id and no metadata. */
    public static EventData binary(String type, byte[] bytes) {
        return of(type, Payload.binary(bytes));
    }

    /** A copy with this id. */
    public EventData withId(UUID newId) {
        return new EventData(newId, type, data, metadata);
    }

    /** A copy with this entry added to its metadata, or replaced in it. */
    public EventData withMetadata(String key, String value) {
        return withMetadata(metadata.with(key, value));
    }

    /** A copy with these entries as its whole metadata. */
    public EventData withMetadata(Map<String, String> entries) {
        return withMetadata(Metadata.of(entries));
    }

    /** A copy with this metadata, in place of what it has. */
    public EventData withMetadata(Metadata newMetadata) {
        return new EventData(id, type, data, newMetadata);
    }

    /** The size in bytes that {@link Limits} count: data, encoded metadata, and the type in UTF-8. */
    public long size() {
        return (long) data.size() + metadata.size() + type.getBytes(StandardCharsets.UTF_8).length;
    }
}

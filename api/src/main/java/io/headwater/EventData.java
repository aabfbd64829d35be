package io.headwater;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;

/**
 * An event to append.
 *
 * <p>The id makes a repeated append recognisable (I1): keep it when you try again. Where a whole command may be delivered again,
 * {@link EventStore#handle(CommandId, StreamId, Decision)} gives its events their ids.
 *
 * @param id unique within one append; random unless given
 * @param type what happened, named like a stream (P2)
 * @param data the payload
 * @param metadata what is said about the event
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

    /** A copy with this entry added to, or replaced in, the metadata. */
    public EventData withMetadata(String key, String value) {
        return withMetadata(metadata.with(key, value));
    }

    /** A copy with these entries as its whole metadata. */
    public EventData withMetadata(Map<String, String> entries) {
        return withMetadata(Metadata.of(entries));
    }

    /** A copy with this as its whole metadata. */
    public EventData withMetadata(Metadata newMetadata) {
        return new EventData(id, type, data, newMetadata);
    }

    /** Bytes of the data, of the encoded metadata and of the type in UTF-8: what {@link Limits} count. */
    public long size() {
        return (long) data.size() + metadata.size() + type.getBytes(StandardCharsets.UTF_8).length;
    }
}

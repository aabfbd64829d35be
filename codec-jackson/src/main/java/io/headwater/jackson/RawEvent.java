package io.headwater.jackson;

import io.headwater.Metadata;
import io.headwater.RecordedEvent;
import java.util.Objects;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * An event on its way from the store to a class: the argument and the result of an {@link Upcaster}. Treat {@link
 * #json()} as read-only and change it with {@link #edit}, so that the parts of a split event do not share changes.
 *
 * @param type the event type, as stored or as returned by the previous upcaster
 * @param json the data; decimal numbers are exact
 * @param recorded the stored event, unchanged
 */
public record RawEvent(String type, JsonNode json, RecordedEvent recorded) {

    public RawEvent {
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(json, "json");
        Objects.requireNonNull(recorded, "recorded");
    }

    /** The metadata of the stored event. */
    public Metadata metadata() {
        return recorded.metadata();
    }

    /** A copy with this type. */
    public RawEvent withType(String newType) {
        return new RawEvent(newType, json, recorded);
    }

    /** A copy with this data. */
    public RawEvent withJson(JsonNode newJson) {
        return new RawEvent(type, newJson, recorded);
    }

    /**
     * A copy whose data is changed by this function; the data of this event is not changed.
     *
     * @throws IllegalStateException if the data is not a JSON object
     */
    public RawEvent edit(Consumer<ObjectNode> change) {
        if (!(json.deepCopy() instanceof ObjectNode object)) {
            throw new IllegalStateException(
                    "data of '" + type + "' is not a JSON object, so it has no fields to edit; use withJson");
        }
        change.accept(object);
        return withJson(object);
    }

    /** The type and the origin, never the data. */
    @Override
    public String toString() {
        return "%s of '%s'@%s".formatted(type, recorded.stream(), recorded.version());
    }
}

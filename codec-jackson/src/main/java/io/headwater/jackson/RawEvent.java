package io.headwater.jackson;

import io.headwater.Metadata;
import io.headwater.RecordedEvent;
import java.util.Objects;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * An event on its way from the store to a class: what an {@link Upcaster} takes and gives. Treat {@link #json()} as
 * read-only and change it with {@link #edit}, so that the parts of a split event do not share what one of them changes.
 *
 * @param type the event type, as stored or as given by the upcaster before
 * @param json the data; decimal numbers are kept exactly
 * @param recorded the event of the store that it comes from, unchanged
 */
public record RawEvent(String type, JsonNode json, RecordedEvent recorded) {

    public RawEvent {
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(json, "json");
        Objects.requireNonNull(recorded, "recorded");
    }

    /** The metadata of the event as recorded. */
    public Metadata metadata() {
        return recorded.metadata();
    }

    /** A copy of this type. */
    public RawEvent withType(String newType) {
        return new RawEvent(newType, json, recorded);
    }

    /** A copy with this as its data. */
    public RawEvent withJson(JsonNode newJson) {
        return new RawEvent(type, newJson, recorded);
    }

    /**
     * A copy whose data is changed by this; the data of this one stays as it is.
     *
     * @throws IllegalStateException if the data is not a JSON object
     */
    public RawEvent edit(Consumer<ObjectNode> change) {
        if (!(json.deepCopy() instanceof ObjectNode object)) {
            throw new IllegalStateException(
                    "data of '" + type + "' is no JSON object and has no fields to edit; use withJson");
        }
        change.accept(object);
        return withJson(object);
    }

    /** Type and origin, never the data. */
    @Override
    public String toString() {
        return "%s of '%s'@%s".formatted(type, recorded.stream(), recorded.version());
    }
}

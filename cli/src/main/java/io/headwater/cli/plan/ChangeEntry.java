package io.headwater.cli.plan;

import io.headwater.StreamId;
import io.headwater.cli.json.JsonFields;
import io.headwater.migration.select.Changes;
import io.headwater.migration.select.EventChange;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/**
 * A change as it stands in a plan.
 *
 * @param change what is done
 * @param of what it is done to; null for {@link Kind#drop}
 * @param to what it becomes; null if it is removed
 * @param types the types of the events that are changed; none for all
 */
record ChangeEntry(
        Kind change, @Nullable String of, @Nullable String to, List<String> types) {

    /** The kinds of changes, by the names that a plan uses. */
    enum Kind {
        renameCategory,
        renameStream,
        renameType,
        setMetadata,
        removeMetadata,
        renameMetadata,
        redact,
        drop
    }

    /** Reads the object at the current position. */
    static ChangeEntry read(JsonFields json) {
        Reading reading = new Reading();
        json.object(reading::field);
        return reading.entry(json);
    }

    /** The fields, as they are read. */
    private static final class Reading {
        private final List<String> types = new ArrayList<>();
        private @Nullable Kind change;
        private @Nullable String of;
        private @Nullable String to;

        void field(String field, JsonFields json) {
            switch (field) {
                case "change" -> change = json.constant(Kind.class, json.text());
                case "of" -> of = json.text();
                case "to" -> to = json.text();
                case "types" -> json.array(element -> types.add(element.text()));
                default -> throw json.problem("'" + field + "' is unknown");
            }
        }

        ChangeEntry entry(JsonFields json) {
            Kind kind = change;
            if (kind == null) {
                throw json.problem("a change needs the field change");
            }
            boolean drops = kind == Kind.drop;
            boolean removes = drops || kind == Kind.removeMetadata || kind == Kind.redact;
            boolean complete =
                    drops ? of == null && to == null && !types.isEmpty() : of != null && (removes || to != null);
            if (!complete) {
                throw json.problem(
                        "the change '" + kind + "' needs " + (drops ? "types only" : "the fields of and to"));
            }
            return new ChangeEntry(kind, of, to, types);
        }
    }

    /** The change itself. */
    EventChange toChange() {
        String[] some = types.toArray(String[]::new);
        return change == Kind.drop ? Changes.drop(some) : whole().of(some);
    }

    private EventChange whole() {
        String subject = String.valueOf(of);
        String result = String.valueOf(to);
        return switch (change) {
            case renameCategory -> Changes.renameCategory(subject, result);
            case renameStream -> Changes.renameStream(StreamId.of(subject), StreamId.of(result));
            case renameType -> Changes.renameType(subject, result);
            case setMetadata -> Changes.setMetadata(subject, result);
            case removeMetadata -> Changes.removeMetadata(subject);
            case renameMetadata -> Changes.renameMetadata(subject, result);
            case redact -> to == null ? Changes.redact(subject) : Changes.redact(subject, result);
            case drop -> throw new IllegalStateException("it is no change of whole events");
        };
    }

    void write(JsonGenerator json) {
        json.writeStartObject();
        json.writeStringProperty("change", change.name());
        if (of != null) {
            json.writeStringProperty("of", of);
        }
        if (to != null) {
            json.writeStringProperty("to", to);
        }
        if (!types.isEmpty()) {
            json.writeArrayPropertyStart("types");
            types.forEach(json::writeString);
            json.writeEndArray();
        }
        json.writeEndObject();
    }
}

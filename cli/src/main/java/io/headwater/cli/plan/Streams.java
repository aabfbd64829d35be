package io.headwater.cli.plan;

import io.headwater.StreamId;
import io.headwater.cli.json.JsonFields;
import io.headwater.migration.select.Selection;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import tools.jackson.core.JsonGenerator;

/** A selection of streams as it stands in a plan. */
final class Streams {
    private final Set<String> categories = new TreeSet<>();
    private final Set<String> prefixes = new TreeSet<>();
    private final Set<String> streams = new TreeSet<>();

    private Streams() {}

    /** Reads the object at the current position. */
    static Selection read(JsonFields json) {
        Streams read = new Streams();
        json.object(read::field);
        return new Selection(
                read.categories,
                read.prefixes,
                read.streams.stream().map(StreamId::of).collect(Collectors.toSet()));
    }

    private void field(String field, JsonFields json) {
        Set<String> texts = switch (field) {
            case "categories" -> categories;
            case "prefixes" -> prefixes;
            case "streams" -> streams;
            default -> throw json.problem("'" + field + "' is unknown");
        };
        json.array(element -> texts.add(element.text()));
    }

    static void write(String name, Selection selection, JsonGenerator json) {
        json.writeObjectPropertyStart(name);
        write("categories", selection.categories(), json);
        write("prefixes", selection.prefixes(), json);
        write("streams", selection.streams().stream().map(StreamId::value).collect(Collectors.toSet()), json);
        json.writeEndObject();
    }

    private static void write(String name, Set<String> texts, JsonGenerator json) {
        if (!texts.isEmpty()) {
            json.writeArrayPropertyStart(name);
            new TreeSet<>(texts).forEach(json::writeString);
            json.writeEndArray();
        }
    }
}

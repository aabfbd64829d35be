package io.headwater.cli.ndjson;

import io.headwater.ContentType;
import io.headwater.EventData;
import io.headwater.Metadata;
import io.headwater.Payload;
import io.headwater.StreamId;
import io.headwater.migration.DerivedIds;
import io.headwater.migration.EventLine;
import io.headwater.migration.InputLine;
import io.headwater.migration.json.JsonScanner;
import io.headwater.migration.json.JsonSyntax;
import io.headwater.migration.json.JsonToken;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The fields of a line while they are read. */
final class EventFields {
    private static final String KNOWN =
            "stream, type, data, id, time, metadata, dataBase64, contentType, metadataBase64";

    private final InputLine line;
    private final Map<String, String> texts = new HashMap<>();
    private byte @Nullable [] data;
    private @Nullable Map<String, String> metadata;

    EventFields(InputLine line) {
        this.line = line;
    }

    /** Reads the field of this name, whose value comes next. */
    void read(String name, JsonScanner json) throws Refusal, JsonSyntax {
        JsonToken value = json.next();
        switch (name) {
            case "data" -> {
                refuseSecond(name, data != null);
                json.skip();
                data = Arrays.copyOfRange(line.bytes(), json.from(), json.to());
            }
            case "metadata" -> {
                refuseSecond(name, metadata != null);
                metadata = entries(value, json);
            }
            case "stream", "type", "id", "time", "dataBase64", "contentType", "metadataBase64" -> {
                refuseSecond(name, texts.containsKey(name));
                texts.put(name, text(name, value, json));
            }
            default -> throw new Refusal("unknown field '" + name + "': known are " + KNOWN);
        }
    }

    private static void refuseSecond(String name, boolean seen) throws Refusal {
        if (seen) {
            throw new Refusal("field '" + name + "' occurs twice");
        }
    }

    private static Map<String, String> entries(JsonToken value, JsonScanner json) throws Refusal, JsonSyntax {
        if (value != JsonToken.OBJECT) {
            throw new Refusal("field 'metadata' is not an object");
        }
        Map<String, String> entries = new LinkedHashMap<>();
        while (json.next() != JsonToken.END_OF_OBJECT) {
            String key = json.string();
            if (entries.put(key, text("metadata." + key, json.next(), json)) != null) {
                throw new Refusal("field 'metadata." + key + "' occurs twice");
            }
        }
        return entries;
    }

    private static String text(String name, JsonToken value, JsonScanner json) throws Refusal {
        if (value != JsonToken.STRING) {
            throw new Refusal("field '" + name + "' is not a text in quotes");
        }
        return json.string();
    }

    EventLine toEventLine(DerivedIds ids) throws Refusal {
        StreamId stream = StreamId.of(required("stream"));
        String id = texts.get("id");
        UUID uuid = id == null ? ids.of(line.bytes()) : EventIds.parse(id);
        EventData event = new EventData(uuid, required("type"), payload(), allMetadata());
        return new EventLine(line, stream, event, id == null);
    }

    private String required(String name) throws Refusal {
        String value = texts.get(name);
        if (value == null) {
            throw new Refusal("field '" + name + "' is missing");
        }
        return value;
    }

    private Payload payload() throws Refusal {
        String base64 = texts.get("dataBase64");
        if (data != null && base64 == null) {
            refuseBeside("contentType", "data");
            return Payload.of(data, ContentType.JSON);
        }
        if (base64 == null) {
            throw new Refusal("field 'data' is missing");
        }
        if (data != null) {
            throw new Refusal("fields 'data' and 'dataBase64' exclude each other");
        }
        return Payload.of(decoded("dataBase64", base64), contentType());
    }

    private ContentType contentType() throws Refusal {
        String name = texts.getOrDefault("contentType", ContentType.BINARY.name());
        for (ContentType type : ContentType.values()) {
            if (type.name().equals(name)) {
                return type;
            }
        }
        throw new Refusal("field 'contentType' is '" + name + "': JSON or BINARY is expected");
    }

    private Metadata allMetadata() throws Refusal {
        String raw = texts.get("metadataBase64");
        if (raw == null) {
            return Metadata.of(withTime(metadata == null ? new LinkedHashMap<>() : metadata));
        }
        refuseBeside("time", "metadataBase64");
        if (metadata != null) {
            throw new Refusal("fields 'metadata' and 'metadataBase64' exclude each other");
        }
        return Metadata.decoded(decoded("metadataBase64", raw));
    }

    private Map<String, String> withTime(Map<String, String> entries) throws Refusal {
        String time = texts.get("time");
        if (time == null) {
            return entries;
        }
        if (!EventTime.isValid(time)) {
            throw new Refusal("field 'time' is '" + time
                    + "': a date and time with offset is expected, as in 2026-01-31T12:00:00Z");
        }
        String other = entries.put(EventTime.KEY, time);
        if (other != null && !other.equals(time)) {
            throw new Refusal("field 'time' and metadata." + EventTime.KEY + " differ: give one of them");
        }
        return entries;
    }

    private void refuseBeside(String name, String other) throws Refusal {
        if (texts.containsKey(name)) {
            throw new Refusal("field '" + name + "' cannot be combined with '" + other + "'");
        }
    }

    private static byte[] decoded(String name, String base64) throws Refusal {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw new Refusal("field '" + name + "' is not Base64");
        }
    }
}

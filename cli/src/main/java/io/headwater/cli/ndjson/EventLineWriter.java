package io.headwater.cli.ndjson;

import io.headwater.ContentType;
import io.headwater.Limits;
import io.headwater.Metadata;
import io.headwater.RecordedEvent;
import io.headwater.cli.text.Printable;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.core.JsonGenerator;

/** Writes events as lines from which {@link EventLineParser} reads the same bytes. */
public final class EventLineWriter {
    /**
     * The maximum size in bytes of the metadata entry for a time of recording: its name, its text, and JSON's
     * punctuation.
     */
    private static final int ROOM_FOR_TIME = 64;

    private final OutputStream out;
    private final boolean escaped;

    /**
     * Writes to this stream, unbuffered: one call per line.
     *
     * @param escaped whether characters that a terminal interprets are written as escapes, in the data too: the same
     *     JSON, but not the same bytes
     */
    public EventLineWriter(OutputStream out, boolean escaped) {
        this.out = out;
        this.escaped = escaped;
    }

    /** Writes the fields that an import into a store with these limits needs. */
    public void export(RecordedEvent event, Limits limits) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream(512);
        try (JsonGenerator json = StrictJson.generator(line)) {
            json.writeStartObject();
            json.writeStringProperty("stream", event.stream().value());
            json.writeStringProperty("type", event.type());
            json.writeStringProperty("id", event.id().toString());
            if (hasPlaceForTime(event, limits)) {
                json.writeStringProperty("time", EventTime.of(event));
            }
            metadata(json, withoutTime(event.metadata()));
            data(json, line, event);
            json.writeEndObject();
        }
        finish(line);
    }

    /** Writes the event as stored, with its version and position. */
    public void show(RecordedEvent event) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream(512);
        try (JsonGenerator json = StrictJson.generator(line)) {
            json.writeStartObject();
            json.writeStringProperty("position", event.position().toString());
            json.writeStringProperty("stream", event.stream().value());
            json.writeNumberProperty("version", event.version());
            json.writeStringProperty("type", event.type());
            json.writeStringProperty("id", event.id().toString());
            json.writeStringProperty("recordedAt", event.recordedAt().toString());
            metadata(json, event.metadata());
            data(json, line, event);
            json.writeEndObject();
        }
        finish(line);
    }

    private void finish(ByteArrayOutputStream line) throws IOException {
        line.write('\n');
        if (escaped) {
            String text = line.toString(StandardCharsets.UTF_8);
            out.write(Printable.inJson(text).getBytes(StandardCharsets.UTF_8));
        } else {
            line.writeTo(out);
        }
    }

    /**
     * An entry of that name that is not a time would be refused beside a time when read back, and raw metadata cannot
     * have one. The time of recording becomes an entry with the import, and must not make the event too large for it.
     */
    private static boolean hasPlaceForTime(RecordedEvent event, Limits limits) {
        Metadata metadata = event.metadata();
        if (metadata.raw().isPresent()) {
            return false;
        }
        long most = Math.min(limits.maxEventBytes(), limits.maxAppendBytes());
        return metadata.get(EventTime.KEY).isPresent()
                ? EventTime.stated(metadata).isPresent()
                : event.toEventData().size() + ROOM_FOR_TIME <= most;
    }

    private static Metadata withoutTime(Metadata metadata) {
        if (EventTime.stated(metadata).isEmpty()) {
            return metadata;
        }
        Map<String, String> entries = new LinkedHashMap<>(metadata.entries());
        entries.remove(EventTime.KEY);
        return Metadata.of(entries);
    }

    private static void metadata(JsonGenerator json, Metadata metadata) {
        metadata.raw()
                .ifPresent(raw -> json.writeStringProperty(
                        "metadataBase64", Base64.getEncoder().encodeToString(raw)));
        if (!metadata.entries().isEmpty()) {
            json.writeObjectPropertyStart("metadata");
            metadata.entries().forEach(json::writeStringProperty);
            json.writeEndObject();
        }
    }

    private static void data(JsonGenerator json, OutputStream line, RecordedEvent event) throws IOException {
        byte[] bytes = event.data().bytes();
        if (event.data().contentType() == ContentType.JSON && JsonValue.fitsOnLine(bytes)) {
            json.writeName("data");
            json.writeRawValue("");
            // The generator has no method for raw bytes, so they are written directly, after its buffer.
            json.flush();
            line.write(bytes);
            return;
        }
        json.writeStringProperty("contentType", event.data().contentType().name());
        json.writeStringProperty("dataBase64", Base64.getEncoder().encodeToString(bytes));
    }
}

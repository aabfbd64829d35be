package io.headwater.migration.select;

import io.headwater.ContentType;
import io.headwater.EventData;
import io.headwater.Metadata;
import io.headwater.Payload;
import io.headwater.StreamId;
import io.headwater.migration.json.JsonPointerEdit;
import io.headwater.migration.json.JsonSyntax;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Changes that a migration makes in events. Each keeps the id and the version of the event. */
public final class Changes {
    private static final String REMOVED = "Removed";

    private Changes() {}

    /** The streams of one category get the ids of another. The target category MUST have no streams of its own in the source. */
    public static EventChange renameCategory(String from, String to) {
        return EventChange.ofStreams(
                "rename category '" + from + "' to '" + to + "'",
                stream -> inCategory(stream, from, to),
                stream -> inCategory(stream, to, from));
    }

    private static StreamId inCategory(StreamId stream, String from, String to) {
        return stream.category().filter(from::equals).isPresent()
                ? StreamId.of(to + stream.value().substring(from.length()))
                : stream;
    }

    /** A stream gets another id, which MUST NOT be that of a stream of the source. */
    public static EventChange renameStream(StreamId from, StreamId to) {
        return EventChange.ofStreams(
                "rename stream '" + from + "' to '" + to + "'",
                stream -> stream.equals(from) ? to : stream,
                stream -> stream.equals(to) ? from : stream);
    }

    /** Events of one type get another. */
    public static EventChange renameType(String from, String to) {
        return EventChange.ofEvents(
                "rename type '" + from + "' to '" + to + "'",
                event -> event.type().equals(from)
                        ? new EventData(event.id(), to, event.data(), event.metadata())
                        : event);
    }

    /** An entry is added to the metadata, or replaced in it. */
    public static EventChange setMetadata(String key, String value) {
        return ofMetadata("set metadata '" + key + "' to '" + value + "'", entries -> {
            entries.put(key, value);
            return entries;
        });
    }

    /** An entry is removed from the metadata. */
    public static EventChange removeMetadata(String key) {
        return ofMetadata("remove metadata '" + key + "'", entries -> {
            entries.remove(key);
            return entries;
        });
    }

    /** An entry of the metadata gets another key, and keeps its place. */
    public static EventChange renameMetadata(String from, String to) {
        return ofMetadata("rename metadata '" + from + "' to '" + to + "'", entries -> {
            Map<String, String> renamed = new LinkedHashMap<>();
            entries.forEach((key, value) -> renamed.put(key.equals(from) ? to : key, value));
            return renamed;
        });
    }

    private static EventChange ofMetadata(String text, UnaryOperator<Map<String, String>> edit) {
        return EventChange.ofEvents(text, event -> {
            if (event.metadata().raw().isPresent()) {
                throw new CannotChange("its metadata have a foreign shape");
            }
            return event.withMetadata(
                    Metadata.of(edit.apply(new LinkedHashMap<>(event.metadata().entries()))));
        });
    }

    /**
     * A part of the data is removed: a member of an object. An element of an array becomes {@code null}. Every other byte stays.
     *
     * @param pointer where, as of RFC 6901, such as {@code /customer/email}
     */
    public static EventChange redact(String pointer) {
        JsonPointerEdit edit = JsonPointerEdit.removing(pointer);
        return EventChange.ofEvents("redact " + pointer, event -> edited(event, edit));
    }

    /**
     * A part of the data is replaced.
     *
     * @param pointer where, as for {@link #redact}
     * @param json what takes its place, as JSON
     */
    public static EventChange redact(String pointer, String json) {
        JsonPointerEdit edit = JsonPointerEdit.replacing(pointer, json);
        return EventChange.ofEvents("redact " + pointer + " by " + json, event -> edited(event, edit));
    }

    private static EventData edited(EventData event, JsonPointerEdit edit) {
        if (event.data().contentType() != ContentType.JSON) {
            throw new CannotChange("its data are not JSON");
        }
        try {
            byte[] changed = edit.apply(event.data().bytes());
            return new EventData(event.id(), event.type(), Payload.of(changed, ContentType.JSON), event.metadata());
        } catch (JsonSyntax wrong) {
            throw new CannotChange("its data are " + wrong.reason());
        }
    }

    /**
     * Events are left out. In the place of each there is one of the type {@value #REMOVED}, without data and metadata, so that the
     * others keep their versions.
     */
    public static EventChange drop(String... types) {
        return EventChange.ofEvents(
                        "drop",
                        event -> new EventData(
                                event.id(),
                                REMOVED,
                                Payload.of("{}".getBytes(StandardCharsets.UTF_8), ContentType.JSON),
                                Metadata.none()))
                .of(types);
    }
}

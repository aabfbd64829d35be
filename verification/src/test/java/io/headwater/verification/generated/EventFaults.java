package io.headwater.verification.generated;

import java.util.Locale;
import java.util.function.Function;
import java.util.Set;
import io.headwater.ContentType;
import io.headwater.EventData;
import io.headwater.Metadata;
import io.headwater.Payload;
import io.headwater.RecordedEvent;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Parts of events that are stored, or read, wrongly: only some contents show it. */
final class EventFaults {
    private record Part(String name, UnaryOperator<EventData> change) {}

    private static final List<Part> PARTS = List.of(
            data("blanks at the end of data lost", text -> text.stripTrailing()),
            data("the end of a line in data changed", text -> text.replace("\r\n", "\n")),
            data("normal form of data changed", text -> Normalizer.normalize(text, Normalizer.Form.NFC)),
            data("empty data becomes an object", text -> text.isEmpty() ? "{}" : text),
            data("a byte order mark lost", text -> text.startsWith("\uFEFF") ? text.substring(1) : text),
            data("data ends at a NUL", text -> text.split("\0", 2)[0]),
            data("spaces in JSON lost", text -> text.startsWith("{") ? text.replace(" ", "") : text),
            data(
                    "characters beyond the basic plane replaced",
                    text -> text.replaceAll("[\\x{10000}-\\x{10FFFF}]", "?")),
            payload("data above 64 KiB cut off", bytes -> Arrays.copyOf(bytes, Math.min(bytes.length, 64 << 10))),
            payload("data above 128 KiB cut off", bytes -> Arrays.copyOf(bytes, Math.min(bytes.length, 128 << 10))),
            payload("high bits of bytes lost", EventFaults::seven),
            new Part(
                    "empty data becomes JSON",
                    event -> event.data().size() == 0 ? typed(event, ContentType.JSON) : event),
            new Part(
                    "binary data that is text becomes JSON",
                    event -> event.data().text().startsWith("{") ? typed(event, ContentType.JSON) : event),
            new Part(
                    "JSON that is no object becomes binary",
                    event -> event.data().text().startsWith("{") ? event : typed(event, ContentType.BINARY)),
            metadata("more than 8 entries of metadata lost", entries -> first(entries, 8)),
            metadata("more than 16 entries of metadata lost", entries -> first(entries, 16)),
            metadata("more than 64 entries of metadata lost", entries -> first(entries, 64)),
            metadata("entries of metadata sorted", TreeMap::new),
            metadata(
                    "empty values of metadata lost",
                    entries -> filtered(entries, value -> value.isEmpty() ? null : value)),
            metadata("values of metadata trimmed", entries -> filtered(entries, String::strip)),
            metadata(
                    "values of metadata above 1000 cut off",
                    entries -> filtered(entries, value -> value.substring(0, Math.min(value.length(), 1000)))),
            metadata(
                    "ends of lines in metadata changed",
                    entries -> filtered(entries, value -> value.replace("\r\n", "\n"))),
            metadata(
                    "normal form of metadata changed",
                    entries -> filtered(entries, value -> Normalizer.normalize(value, Normalizer.Form.NFC))),
            new Part(
                    "raw metadata lost",
                    event -> event.metadata().raw().isPresent() ? event.withMetadata(Metadata.none()) : event),
            new Part(
                    "raw metadata trimmed",
                    event -> event.metadata().raw().isPresent()
                            ? event.withMetadata(
                                    Metadata.decoded(new String(event.metadata().encoded(), StandardCharsets.UTF_8)
                                            .strip()
                                            .getBytes(StandardCharsets.UTF_8)))
                            : event),
            id(
                    "ids without the version bits",
                    id -> new UUID((id.getMostSignificantBits() & ~0xF000L) | 0x4000L, id.getLeastSignificantBits())),
            id(
                    "ids without the variant bits",
                    id -> new UUID(
                            id.getMostSignificantBits(),
                            (id.getLeastSignificantBits() & (-1L >>> 2)) | Long.MIN_VALUE)),
            id(
                    "ids without the highest bit",
                    id -> new UUID(id.getMostSignificantBits() & Long.MAX_VALUE, id.getLeastSignificantBits())),
            id("ids by their lower half", id -> new UUID(0, id.getLeastSignificantBits())),
            id("ids by their upper half", id -> new UUID(id.getMostSignificantBits(), 1)),
            type("types in small letters", type -> type.toLowerCase(Locale.ROOT)),
            type("types trimmed", String::strip),
            type("types above 64 cut off", type -> type.substring(0, Math.min(type.length(), 64))),
            type("types above 200 cut off", type -> type.substring(0, Math.min(type.length(), 200))),
            type("normal form of types changed", type -> Normalizer.normalize(type, Normalizer.Form.NFC)),
            type("blanks in types joined", type -> type.replaceAll(" +", " ")),
            type("separators in types replaced", type -> type.replace('/', '.')));

    private EventFaults() {}

    static Stream<Generated> all() {
        return PARTS.stream()
                .flatMap(part ->
                        Stream.of(written(part), read(Operation.READ_STREAM, part), read(Operation.READ_LOG, part)));
    }

    private static Generated written(Part part) {
        Fault fault = call -> call.proceed(Deep.arguments(call.arguments(), EventData.class, part.change()));
        return Generated.across(
                Operation.APPEND,
                part.name(),
                () -> fault.in(Set.of(Operation.APPEND, Operation.APPEND_ALL, Operation.HOLD)));
    }

    private static Generated read(Operation operation, Part part) {
        return Generated.of(
                operation,
                part.name(),
                () -> call -> Deep.changed(call.proceed(), RecordedEvent.class, event -> recorded(event, part)));
    }

    private static RecordedEvent recorded(RecordedEvent event, Part part) {
        EventData changed = part.change().apply(event.toEventData());
        return new RecordedEvent(
                event.stream(),
                event.version(),
                event.position(),
                changed.id(),
                changed.type(),
                changed.data(),
                changed.metadata(),
                event.recordedAt());
    }

    /** Of data that is text, which all bytes come back from as they were. */
    private static Part data(String name, UnaryOperator<String> change) {
        return payload(name, bytes -> {
            String text = new String(bytes, StandardCharsets.UTF_8);
            return Arrays.equals(text.getBytes(StandardCharsets.UTF_8), bytes)
                    ? change.apply(text).getBytes(StandardCharsets.UTF_8)
                    : bytes;
        });
    }

    private static Part payload(String name, UnaryOperator<byte[]> change) {
        return new Part(
                name,
                event -> new EventData(
                        event.id(),
                        event.type(),
                        Payload.of(
                                change.apply(event.data().bytes()), event.data().contentType()),
                        event.metadata()));
    }

    private static byte[] seven(byte[] bytes) {
        byte[] changed = bytes.clone();
        for (int i = 0; i < changed.length; i++) {
            changed[i] &= 0x7F;
        }
        return changed;
    }

    private static EventData typed(EventData event, ContentType type) {
        return new EventData(event.id(), event.type(), Payload.of(event.data().bytes(), type), event.metadata());
    }

    private static Part metadata(String name, UnaryOperator<Map<String, String>> change) {
        return new Part(
                name,
                event -> event.metadata().raw().isPresent()
                        ? event
                        : event.withMetadata(change.apply(event.metadata().entries())));
    }

    private static Map<String, String> first(Map<String, String> entries, int count) {
        Map<String, String> kept = new LinkedHashMap<>();
        entries.forEach((key, value) -> {
            if (kept.size() < count) {
                kept.put(key, value);
            }
        });
        return kept;
    }

    /** Each value changed; entries without a value are lost. */
    private static Map<String, String> filtered(
            Map<String, String> entries,
            Function<String, @org.jspecify.annotations.Nullable String> change) {
        Map<String, String> kept = new LinkedHashMap<>();
        entries.forEach((key, value) -> {
            String changed = change.apply(value);
            if (changed != null) {
                kept.put(key, changed);
            }
        });
        return kept;
    }

    private static Part id(String name, UnaryOperator<UUID> change) {
        return new Part(name, event -> event.withId(change.apply(event.id())));
    }

    private static Part type(String name, UnaryOperator<String> change) {
        return new Part(
                name, event -> new EventData(event.id(), change.apply(event.type()), event.data(), event.metadata()));
    }
}

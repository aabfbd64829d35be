package io.headwater.tck.fuzz;

import io.headwater.ContentType;
import io.headwater.EventData;
import io.headwater.Metadata;
import io.headwater.Payload;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Generates events with few different ids, and with contents that stores are known to change. */
final class EventGenerator {
    static final List<String> TYPES =
            List.of("T", "t", "T ", "T%", "T_", "T'\"", "Tä", "Ta\u0308", "\uD83D\uDE00", "T".repeat(150));

    private static final List<String> TEXTS = List.of(
            "{}",
            "{ \"a\" : 1.0, \"a\" : 2 }",
            "{\"e\":1e400}",
            "\"\\u0000\"",
            "",
            " ",
            "null",
            "not json",
            "\uFEFF{}",
            "\uD83D\uDE00\u202E");
    private static final List<String> WORDS = List.of(
            "", "a", "A", "a ", "'", "\"", "\\", "\n", "\u0000", "ä", "\uD83D\uDE00", "$where", "correlationId");
    private static final int LARGE = 5000;

    private final Chance chance;
    private int lastId;

    EventGenerator(Chance chance) {
        this.chance = chance;
    }

    /** Returns events with different ids. */
    List<EventData> events(int count) {
        List<EventData> events = new ArrayList<>();
        while (events.size() < count) {
            UUID id = chance.in100(15) && lastId > 0 ? Code.id(1 + chance.below(lastId)) : newId();
            if (events.stream().noneMatch(event -> event.id().equals(id))) {
                events.add(event(id));
            }
        }
        return events;
    }

    /** Returns an id that was not used before. */
    UUID newId() {
        lastId++;
        return Code.id(lastId);
    }

    private EventData event(UUID id) {
        return chance.in100(60) ? Code.plain(id) : new EventData(id, chance.of(TYPES), payload(), metadata());
    }

    /** Returns a payload: JSON, other text declared as JSON, or any bytes. */
    Payload payload() {
        ContentType type = chance.in100(50) ? ContentType.JSON : ContentType.BINARY;
        return switch (chance.below(8)) {
            case 0 -> Payload.of(new byte[0], type);
            case 1 -> Payload.of(new byte[] {0, -1, 0, (byte) 0xC3, 0x28}, type);
            case 2 -> Payload.of(chance.bytes(1 + chance.below(40)), type);
            case 3 -> Payload.of(chance.bytes(LARGE), type);
            default -> Payload.of(chance.of(TEXTS).getBytes(StandardCharsets.UTF_8), type);
        };
    }

    Metadata metadata() {
        Map<String, String> entries = new LinkedHashMap<>();
        int count = chance.below(3);
        for (int i = 0; i < count; i++) {
            entries.put("k" + chance.of(WORDS), chance.of(WORDS));
        }
        return Metadata.of(entries);
    }
}

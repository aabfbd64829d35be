package io.headwater.esdb;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.Metadata;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventMetadataTest {
    private static final AppendMark MARK = new AppendMark(2, 3, "@00000000000000a7");
    private static final Optional<Instant> TIME = Optional.of(Instant.parse("2024-02-03T04:05:06.123456700Z"));

    private static String stored(Metadata metadata, AppendMark mark, Optional<Instant> time) {
        return new String(new EventMetadata(metadata, mark, time).stored(), UTF_8);
    }

    private static EventMetadata read(String stored) {
        return EventMetadata.read(stored.getBytes(UTF_8));
    }

    private static Metadata raw(String text) {
        return Metadata.decoded(text.getBytes(UTF_8));
    }

    @Test
    void an_event_without_reserved_members_is_as_any_client_writes_it() {
        assertThat(stored(Metadata.none(), AppendMark.NONE, Optional.empty())).isEmpty();
        assertThat(stored(Metadata.of(Map.of("a", "1")), AppendMark.NONE, Optional.empty()))
                .isEqualTo("{\"a\":\"1\"}");
    }

    @Test
    void reserved_members_come_first() {
        assertThat(stored(Metadata.of(Map.of("a", "1")), MARK, TIME))
                .isEqualTo(
                        "{\"$append\":\"2/3 @00000000000000a7\",\"$recordedAt\":\"2024-02-03T04:05:06.123456700Z\",\"a\":\"1\"}");
        assertThat(stored(Metadata.none(), AppendMark.NONE, TIME))
                .isEqualTo("{\"$recordedAt\":\"2024-02-03T04:05:06.123456700Z\"}");
        assertThat(stored(raw("{ \"n\" : [1] }"), new AppendMark(1, 2, ""), Optional.empty()))
                .isEqualTo("{\"$append\":\"1/2\", \"n\" : [1] }");
    }

    @Test
    void metadata_that_takes_no_members_follows_behind_lines() {
        assertThat(stored(raw("plain text"), new AppendMark(1, 2, ""), Optional.empty()))
                .isEqualTo("$append:1/2\n$recordedAt:\nplain text");
        assertThat(stored(raw("{}"), AppendMark.NONE, TIME))
                .isEqualTo("$append:\n$recordedAt:2024-02-03T04:05:06.123456700Z\n{}");
    }

    @ParameterizedTest
    @CsvSource({
        "correlationId,$correlationId",
        "$correlationId,$$correlationId",
        "causationId,$causationId",
        "$$causationId,$$$causationId",
        "correlationid,correlationid",
        "$other,$other"
    })
    void the_keys_of_the_server_are_used(String ours, String theirs) {
        Metadata metadata = Metadata.of(Map.of(ours, "x"));
        assertThat(stored(metadata, AppendMark.NONE, Optional.empty())).isEqualTo("{\"" + theirs + "\":\"x\"}");
        assertThat(read("{\"" + theirs + "\":\"x\"}").metadata()).isEqualTo(metadata);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"correlationId\":\"x\"}",
                "{\"correlationId\":\"x\",\"$correlationId\":\"y\"}",
                "{\"$correlationId\":\"x\",\"n\":1}",
                "{ \"$correlationId\":\"x\"}",
                "{\"$append\":\"not ours\",\"a\":\"b\"}",
                "{\"$append\":\"not ours\"}",
                "{\"$append\":5}",
                "{\"$append\":\"1/2",
                "{\"$append\":\"1/2\"} x",
                "{\"$recordedAt\":\"yesterday\"}",
                "{\"$recordedAt\":\"2024-01-01T00:00:00.000Z\"}",
                "$append:1/2\nx",
                "$append:what?\n$recordedAt:\nx",
                "$append:1/2\n$recordedAt:yesterday\nx",
                "{}",
                "not json",
                "[1,2]"
            })
    void the_bytes_of_another_tool_are_read_as_they_are(String bytes) {
        EventMetadata read = read(bytes);
        assertThat(new String(read.metadata().encoded(), UTF_8)).isEqualTo(bytes);
        assertThat(read.mark()).isEqualTo(AppendMark.NONE);
        assertThat(read.recordedAt()).isEmpty();
    }

    @Test
    void whatever_is_stored_comes_back() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < 50_000; round++) {
            EventMetadata written = new EventMetadata(metadata(random), mark(random), time(random));
            EventMetadata read = EventMetadata.read(written.stored());
            assertThat(read)
                    .as("seed %s: %s", seed, new String(written.stored(), UTF_8))
                    .isEqualTo(written);
            assertThat(read.metadata().encoded())
                    .as("seed %s", seed)
                    .isEqualTo(written.metadata().encoded());
        }
    }

    private static final List<String> PIECES = List.of(
            "$append",
            "$recordedAt",
            "{\"$append\":\"1/2\"",
            "{\"$append\":\"",
            "{\"$recordedAt\":\"",
            "$append:1/2\n",
            "$append:",
            "$recordedAt:",
            "$recordedAt:2024-01-01T00:00:00Z\n",
            "2024-01-01T00:00:00Z",
            "correlationId",
            "$",
            "causationId",
            "1/2",
            "\"",
            ":",
            ",",
            "{",
            "}",
            "\n",
            "[",
            "]",
            " ",
            "a",
            "é");

    private static String text(Random random, int most) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(most + 1); i > 0; i--) {
            text.append(PIECES.get(random.nextInt(PIECES.size())));
        }
        return text.toString();
    }

    private static Metadata metadata(Random random) {
        if (random.nextBoolean()) {
            return raw(random.nextBoolean() ? text(random, 8) : "{" + text(random, 6) + "}");
        }
        Map<String, String> entries = new LinkedHashMap<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            entries.put("$".repeat(random.nextInt(3)) + "x".repeat(random.nextInt(2)) + key(random), text(random, 2));
        }
        return Metadata.of(entries);
    }

    private static String key(Random random) {
        return List.of("correlationId", "causationId", "append", "recordedAt", "k")
                .get(random.nextInt(5));
    }

    private static AppendMark mark(Random random) {
        String memory = List.of("", "@00000000000000a7", "AAECAwQF17*3").get(random.nextInt(3));
        int count = 1 + random.nextInt(3);
        return new AppendMark(1 + random.nextInt(count), count, memory);
    }

    private static Optional<Instant> time(Random random) {
        return random.nextInt(3) > 0
                ? Optional.empty()
                : Optional.of(Instant.ofEpochSecond(random.nextInt() * 10L, random.nextInt(1_000_000_000)));
    }
}

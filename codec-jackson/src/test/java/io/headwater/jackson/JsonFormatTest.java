package io.headwater.jackson;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headwater.ContentType;
import io.headwater.EventData;
import io.headwater.InvalidRequest;
import io.headwater.Payload;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.time.ZonedDateTime;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("locales")
class JsonFormatTest {
    enum Size {
        SMALL {
            @Override
            public String toString() {
                return "a small one";
            }
        }
    }

    record Times(
            Instant instant,
            LocalDate date,
            OffsetDateTime offset,
            ZonedDateTime zoned,
            Duration duration,
            YearMonth month) {}

    record Numbers(BigDecimal decimal, BigInteger integer, long whole, double broken) {}

    record Things(String zebra, Size size, Optional<String> maybe, UUID id, Map<String, Integer> map, Set<String> set) {
        boolean isHeavy() {
            return true;
        }
    }

    record Nothing() {}

    record Self(Map<String, Object> secret) {}

    private final TypedEvents<Object> events = EventTypes.builder()
            .add("Times", Times.class)
            .add("Numbers", Numbers.class)
            .add("Things", Things.class)
            .add("Nothing", Nothing.class)
            .add("Self", Self.class)
            .build()
            .typed(Object.class);

    private String json(Object event) {
        return events.encode(event).data().text();
    }

    private void assertComesBack(Object event) {
        assertThat(events.decode(Recorded.of(events.encode(event)))).containsExactly(event);
    }

    @Test
    void times_are_iso_text_with_their_own_offset_and_zone() {
        Times times = new Times(
                Instant.parse("2026-03-01T08:00:00.123456789Z"),
                LocalDate.of(2026, 3, 1),
                OffsetDateTime.parse("2026-03-01T08:00:00+02:00"),
                ZonedDateTime.parse("2026-03-01T08:00:00+01:00[Europe/Berlin]"),
                Duration.ofSeconds(90),
                YearMonth.of(2026, 3));
        assertThat(json(times))
                .isEqualTo("{\"instant\":\"2026-03-01T08:00:00.123456789Z\",\"date\":\"2026-03-01\","
                        + "\"offset\":\"2026-03-01T08:00:00+02:00\",\"zoned\":\"2026-03-01T08:00:00+01:00[Europe/Berlin]\","
                        + "\"duration\":\"PT1M30S\",\"month\":\"2026-03\"}");
        assertComesBack(times);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.1",
                "100.00",
                "1E+3",
                "-0.000000000000000000000000001",
                "12345678901234567890.123456789012345678900"
            })
    void decimals_keep_value_and_scale(String decimal) {
        assertComesBack(new Numbers(new BigDecimal(decimal), BigInteger.TWO.pow(200), Long.MIN_VALUE, 0.1));
    }

    @Test
    void numbers_that_json_does_not_have_come_back() {
        assertComesBack(new Numbers(BigDecimal.ONE, BigInteger.ONE, 0, Double.NEGATIVE_INFINITY));
    }

    @Test
    void components_are_written_in_their_order_and_nothing_else_is() {
        UUID id = new UUID(0, 1);
        assertThat(json(new Things(null, Size.SMALL, Optional.empty(), id, Map.of(), Set.of())))
                .isEqualTo("{\"zebra\":null,\"size\":\"SMALL\",\"maybe\":null,"
                        + "\"id\":\"00000000-0000-0000-0000-000000000001\",\"map\":{},\"set\":[]}");
        assertThat(json(new Nothing())).isEqualTo("{}");
        assertComesBack(new Nothing());
    }

    @Test
    void equal_maps_and_sets_have_equal_bytes() {
        Map<String, Integer> map = new LinkedHashMap<>();
        map.put("b", 2);
        map.put("a", 1);
        Things things =
                new Things("z", null, Optional.of("m"), new UUID(0, 1), map, new LinkedHashSet<>(List.of("y", "x")));
        Things equal = new Things("z", null, Optional.of("m"), new UUID(0, 1), new HashMap<>(map), Set.of("x", "y"));
        assertThat(json(things)).isEqualTo(json(equal)).contains("{\"a\":1,\"b\":2}", "[\"x\",\"y\"]");
        assertComesBack(things);
    }

    @Test
    void text_is_written_in_utf_8_as_it_is() {
        Things things = new Things("żółw 🐢", null, Optional.empty(), new UUID(0, 1), Map.of(), Set.of());
        assertThat(new String(events.encode(things).data().bytes(), StandardCharsets.UTF_8))
                .contains("\"żółw 🐢\"");
        assertComesBack(things);
    }

    @Test
    void half_of_a_surrogate_pair_comes_back() {
        assertComesBack(new Things("\ud800", null, Optional.empty(), new UUID(0, 1), Map.of(), Set.of()));
    }

    @Test
    void what_is_missing_is_null_or_empty() {
        assertThat(events.decode(Recorded.json("Things", "{}")))
                .containsExactly(new Things(null, null, Optional.empty(), null, null, null));
    }

    @Test
    void what_the_class_does_not_know_is_passed_over() {
        assertThat(events.decode(Recorded.json("Nothing", "{\"new\":[1,{\"x\":2}]}")))
                .containsExactly(new Nothing());
    }

    @Test
    void what_cannot_be_written_is_refused_without_its_values() {
        Map<String, Object> endless = new HashMap<>();
        endless.put("secret", endless);
        assertThatThrownBy(() -> events.encode(new Self(endless)))
                .isInstanceOf(InvalidRequest.class)
                .hasMessageContaining("cannot be written as JSON at $.secret[*]")
                .satisfies(failure ->
                        assertThat(failure.getMessage()).hasSizeLessThan(400).doesNotContain("HashMap"));
    }

    @Test
    void bytes_that_are_no_utf_8_are_refused() {
        EventData latin = EventData.of("Things", Payload.of(new byte[] {'"', (byte) 0xe9, '"'}, ContentType.JSON));
        assertThatThrownBy(() -> events.decode(Recorded.of(latin))).isInstanceOf(UndecodableEvent.class);
    }
}

package io.headwater.jackson;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.annotation.JsonFormat;
import io.headwater.EventData;
import io.headwater.jackson.UndecodableEvent.Reason;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Month;
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.Calendar;
import java.util.Currency;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TimeZone;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.cfg.DateTimeFeature;

/** JSON is read only in the shape in which it is written: other shapes are refused, never converted. */
class StrictShapesTest {
    enum Colour {
        RED
    }

    record Times(
            Instant instant,
            LocalDate localDate,
            LocalTime localTime,
            LocalDateTime localDateTime,
            OffsetDateTime offsetDateTime,
            OffsetTime offsetTime,
            ZonedDateTime zonedDateTime,
            ZoneId zoneId,
            ZoneOffset zoneOffset,
            YearMonth yearMonth,
            MonthDay monthDay,
            Month month,
            DayOfWeek dayOfWeek,
            Duration duration,
            Period period,
            Date date,
            Calendar calendar,
            List<Instant> list,
            Optional<Instant> optional,
            Map<String, Duration> map) {}

    record Scalars(
            Integer integer,
            Long whole,
            Byte octet,
            Double real,
            Float single,
            BigDecimal decimal,
            BigInteger big,
            Boolean flag,
            String text,
            String[] texts,
            OptionalInt optional,
            Year year,
            Colour colour,
            UUID uuid,
            URI uri,
            Path path,
            Locale locale,
            Currency currency,
            TimeZone zone) {}

    record Keys(
            Map<Colour, Integer> colours,
            Map<Month, Integer> months,
            Map<Instant, Integer> instants,
            Map<Date, Integer> dates,
            Map<Byte, Integer> octets,
            Map<Double, Integer> reals,
            Map<Locale, Integer> locales) {}

    record Asked(
            @JsonFormat(shape = JsonFormat.Shape.NUMBER) Instant instant,
            @JsonFormat(pattern = "dd/MM/yyyy") LocalDate date,
            @JsonFormat(shape = JsonFormat.Shape.STRING) Year year) {}

    private final TypedEvents<Object> events = EventTypes.builder()
            .add("Times", Times.class)
            .add("Scalars", Scalars.class)
            .add("Keys", Keys.class)
            .add("Asked", Asked.class)
            .build()
            .typed(Object.class);

    private UndecodableEvent refusal(String type, String json) {
        UndecodableEvent refused =
                catchThrowableOfType(UndecodableEvent.class, () -> events.decode(Recorded.json(type, json)));
        assertThat(refused).as(json).isNotNull().satisfies(Leaks::none);
        return refused;
    }

    private Object read(String type, String json) {
        return events.decode(Recorded.json(type, json)).get(0);
    }

    static Stream<String> times() {
        return Arrays.stream(Times.class.getRecordComponents()).map(RecordComponent::getName);
    }

    @ParameterizedTest
    @MethodSource("times")
    void no_time_is_read_from_a_number(String property) {
        for (String number :
                List.of("1772352000", "1772352000000", "1.5", "0", "-1", "\"1772352000\"", "\"1\"", "\"1.5\"")) {
            String value = inside(property, number);
            assertThat(refusal("Times", "{\"%s\": %s}".formatted(property, value))
                            .reason())
                    .as(property + " from " + value)
                    .isEqualTo(Reason.MISFIT);
        }
    }

    private static String inside(String property, String value) {
        return switch (property) {
            case "list" -> "[" + value + "]";
            case "map" -> "{\"key\": " + value + "}";
            default -> value;
        };
    }

    @ParameterizedTest
    @MethodSource("times")
    void no_time_is_read_from_an_array_or_from_nothing(String property) {
        for (String other : List.of("[]", "[2026,3,1]", "[12,30]", "\"\"", "\" \"", "{}", "true")) {
            String value = inside(property, other);
            assertThat(refusal("Times", "{\"%s\": %s}".formatted(property, value))
                            .reason())
                    .as(property + " from " + value)
                    .isEqualTo(Reason.MISFIT);
        }
    }

    @Test
    void a_refused_time_says_what_was_expected_and_what_was_found() {
        assertThat(refusal("Times", "{\"instant\": 1772352000000}"))
                .hasMessageContaining(
                        "does not fit Times at $.instant: expected Instant, found number; correct the class");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "localDate     | 2026-03-01T08:00:00",
                "localDate     | 2026-03-01T08:00:00Z",
                "localTime     | 2026-03-01T08:00:00",
                "localDateTime | 2026-03-01T08:00:00Z",
                "date          | 2026-02-31",
                "calendar      | 2026-02-31"
            })
    void no_time_is_read_from_text_of_which_a_part_would_be_lost_or_changed(String property, String text) {
        assertThat(refusal("Times", "{\"%s\": \"%s\"}".formatted(property, text))
                        .path())
                .contains("$." + property);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "integer  | \"1\"",
                "integer  | 1.5",
                "integer  | 1.0",
                "integer  | true",
                "integer  | \" \"",
                "integer  | 99999999999",
                "whole    | \"\"",
                "octet    | 200",
                "octet    | -129",
                "real     | 1e400",
                "real     | -1e400",
                "real     | \"1\"",
                "real     | \" \"",
                "single   | 1e39",
                "decimal  | \"1\"",
                "decimal  | \" \"",
                "big      | 1.5",
                "big      | \" \"",
                "flag     | 1",
                "flag     | \"true\"",
                "flag     | \" \"",
                "text     | 1",
                "text     | 1.5",
                "text     | true",
                "text     | []",
                "texts    | [1]",
                "texts    | \"a\"",
                "optional | \" \"",
                "year     | \"1\"",
                "year     | 1.5",
                "colour   | 0",
                "colour   | \"0\"",
                "colour   | \"\"",
                "uuid     | \"\"",
                "uuid     | \" \"",
                "uri      | 1",
                "uri      | true",
                "path     | 1",
                "locale   | 1",
                "locale   | \"-x\"",
                "currency | \"\"",
                "zone     | 1",
                "zone     | \"\"",
                "zone     | \"Europe/Berlim\""
            })
    void no_scalar_is_read_from_another_shape(String property, String value) {
        UndecodableEvent refused = refusal("Scalars", "{\"%s\": %s}".formatted(property, value));
        assertThat(refused.reason()).isEqualTo(Reason.MISFIT);
        assertThat(refused.path()).hasValueSatisfying(path -> assertThat(path).startsWith("$." + property));
    }

    @Test
    void whole_numbers_are_read_as_decimals() {
        Scalars read = (Scalars) read("Scalars", "{\"real\": 30, \"single\": 30, \"decimal\": 30, \"octet\": -128}");
        assertThat(read.real()).isEqualTo(30);
        assertThat(read.single()).isEqualTo(30);
        assertThat(read.decimal()).isEqualTo(new BigDecimal("30"));
        assertThat(read.octet()).isEqualTo(Byte.MIN_VALUE);
    }

    @ParameterizedTest
    @CsvSource({
        "colours, Colour, 0",
        "months, Month, 1",
        "instants, Instant, 1",
        "dates, Date, 1",
        "octets, Byte, 200",
        "reals, Double, 1e400",
        "locales, Locale, -x"
    })
    void no_key_is_read_from_another_shape(String property, String type, String key) {
        assertThat(refusal("Keys", "{\"%s\": {\"%s\": 1}}".formatted(property, key)))
                .hasMessageContaining("at $.%s: expected keys to be %s, found another".formatted(property, type));
    }

    @Test
    void a_property_that_occurs_twice_is_refused_with_its_place() {
        for (String json :
                List.of("{\"text\":\"a\",\n\"text\":\"secret\"}", "{\"unknown\": {\"a\":1,\n\"a\":\"secret\"}}")) {
            assertThat(refusal("Scalars", json))
                    .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.BROKEN_JSON))
                    .hasMessageContaining("its data has an object with two properties of one name at line 2, column");
        }
    }

    @Test
    void what_is_written_is_read() {
        ZonedDateTime time = ZonedDateTime.parse("2026-03-01T08:00:00.5+01:00[Europe/Berlin]");
        assertComesBack(new Times(
                Instant.MAX,
                LocalDate.MIN,
                LocalTime.MIDNIGHT,
                LocalDateTime.MAX,
                OffsetDateTime.MIN,
                OffsetTime.MAX,
                time,
                time.getZone(),
                ZoneOffset.UTC,
                YearMonth.of(2026, 3),
                MonthDay.of(2, 29),
                Month.MAY,
                DayOfWeek.FRIDAY,
                Duration.ofSeconds(Long.MIN_VALUE, 1),
                Period.of(1, -2, 3),
                new Date(1),
                null,
                List.of(Instant.EPOCH),
                Optional.of(Instant.MIN),
                Map.of("1", Duration.ZERO)));
        assertComesBack(new Keys(
                Map.of(Colour.RED, 1),
                Map.of(Month.MAY, 1),
                Map.of(Instant.EPOCH, 1),
                Map.of(new Date(1), 1),
                Map.of((byte) -1, 1),
                Map.of(Double.POSITIVE_INFINITY, 1),
                Map.of(Locale.ROOT, 1, Locale.GERMANY, 2)));
    }

    @Test
    void scalars_that_are_written_as_special_text_are_read() {
        String json = events.encode(new Scalars(
                        1,
                        2L,
                        (byte) 3,
                        Double.NaN,
                        Float.NEGATIVE_INFINITY,
                        BigDecimal.ONE,
                        BigInteger.TWO,
                        true,
                        "",
                        null,
                        OptionalInt.empty(),
                        Year.of(-5),
                        Colour.RED,
                        new UUID(0, 0),
                        URI.create(""),
                        null,
                        Locale.ROOT,
                        Currency.getInstance("EUR"),
                        TimeZone.getTimeZone("GMT+01:00")))
                .data()
                .text();
        assertThat(events.encode(read("Scalars", json)).data().text()).isEqualTo(json);
    }

    @Test
    void months_are_written_by_name_as_all_enums() {
        Asked none = new Asked(null, null, null);
        assertThat(events.encode(none).data().text()).isEqualTo("{\"instant\":null,\"date\":null,\"year\":null}");
        assertThat(TypedEvents.defaultMapper().writeValueAsString(Month.MAY)).isEqualTo("\"MAY\"");
    }

    @Test
    void an_annotation_may_ask_for_another_shape() {
        Asked asked = new Asked(Instant.parse("2026-03-01T08:00:00.5Z"), LocalDate.of(2026, 3, 1), Year.of(2026));
        assertThat(events.encode(asked).data().text())
                .isEqualTo("{\"instant\":1772352000.500000000,\"date\":\"01/03/2026\",\"year\":\"2026\"}");
        assertComesBack(asked);
    }

    @Test
    void a_mapper_that_writes_numbers_reads_numbers() {
        TypedEvents<Object> numbers = events.withMapper(TypedEvents.defaultMapper()
                .rebuild()
                .enable(DateTimeFeature.WRITE_DATES_AS_TIMESTAMPS, DateTimeFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
                .build());
        EventData written = numbers.encode(read(
                "Times",
                "{\"instant\":\"2026-03-01T08:00:00Z\",\"map\":{\"a\":\"PT1S\"},\"localDate\":\"2026-03-01\"}"));
        assertThat(written.data().text()).contains("\"instant\":1772352000", "\"a\":1.0", "\"localDate\":[2026,3,1]");
        assertThat(numbers.decode(Recorded.of(written))).hasSize(1);
    }

    private void assertComesBack(Object event) {
        assertThat(events.decode(Recorded.of(events.encode(event)))).containsExactly(event);
    }
}

package io.headwater.jackson;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.headwater.EventData;
import io.headwater.StreamId;
import io.headwater.jackson.UndecodableEvent.Reason;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.DeserializationFeature;

@Tag("locales")
class DecodingErrorsTest {
    enum Colour {
        RED
    }

    record Line(int quantity, String item) {}

    record Placed(List<Line> lines, Map<String, Integer> points, Instant at, Colour colour) {
        Placed {
            if (lines != null && lines.isEmpty()) {
                throw new IllegalArgumentException("secret: an order has lines");
            }
        }
    }

    record Other() {}

    private final EventTypes types = EventTypes.builder()
            .add("Placed", Placed.class)
            .add("Other", Other.class)
            .upcast("Old", "Placed", json -> {})
            .build();
    private final TypedEvents<Placed> events = types.typed(Placed.class);

    private UndecodableEvent failure(String type, String json) {
        UndecodableEvent failure =
                catchThrowableOfType(UndecodableEvent.class, () -> events.decode(Recorded.json(type, json)));
        assertThat(failure).isNotNull().satisfies(Leaks::none);
        return failure;
    }

    @Test
    void an_unknown_type_is_refused_with_what_to_do() {
        UndecodableEvent failure = failure("Palced", "{}");
        assertThat(failure.reason()).isEqualTo(Reason.UNKNOWN_TYPE);
        assertThat(failure)
                .hasMessage(
                        "event 'order-42'@3 of type 'Palced' cannot be decoded: no class, alias or upcaster has that"
                                + " event type; add one to EventTypes, or ignore unknown types");
    }

    @Test
    void an_event_of_another_type_than_asked_for_is_refused() {
        assertThat(failure("Other", "{}")).hasMessageContaining("it is not a Placed; get events of a supertype");
        assertThat(types.typed(Object.class).decode(Recorded.json("Other", "{}")))
                .containsExactly(new Other());
    }

    @Test
    void unknown_types_can_be_ignored() {
        TypedEvents<Placed> ignoring = events.ignoringUnknownTypes();
        assertThat(ignoring.decode(Recorded.json("Palced", "no json"))).isEmpty();
        assertThat(ignoring.decode(Recorded.json("Other", "{}"))).isEmpty();
        assertThatThrownBy(() -> ignoring.decode(Recorded.json("Placed", "no json")))
                .isInstanceOf(UndecodableEvent.class);
    }

    @Test
    void a_failure_says_which_event_it_is_about() {
        UndecodableEvent failure = failure("Old", "[]");
        assertThat(failure.stream()).isEqualTo(StreamId.of("order-42"));
        assertThat(failure.version()).isEqualTo(3);
        assertThat(failure.type()).isEqualTo("Old");
    }

    @Test
    void binary_data_is_refused() {
        assertThatThrownBy(() -> events.decode(Recorded.of(EventData.binary("Placed", "{}".getBytes()))))
                .isInstanceOfSatisfying(
                        UndecodableEvent.class, e -> assertThat(e.reason()).isEqualTo(Reason.BINARY))
                .hasMessageContaining("its data is binary, but only JSON can be decoded");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"at\": secret}", "{\"at\": \"secret", "{} {}", "", "{'secret': 1}"})
    void broken_json_is_refused(String json) {
        assertThat(failure("Placed", json).reason()).isEqualTo(Reason.BROKEN_JSON);
    }

    @Test
    void broken_json_is_located() {
        assertThat(failure("Placed", "{\n  \"at\": secret}"))
                .hasMessageContaining("not well-formed JSON at line 2, column");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"lines\":[{\"quantity\":1},{\"quantity\":\"secret\"}]} | $.lines[1].quantity | expected int, found"
                        + " string",
                "{\"lines\":[{\"quantity\":1.5}]}    | $.lines[0].quantity | expected int, found number",
                "{\"lines\":[{\"quantity\":null}]}   | $.lines[0].quantity | expected int, found null",
                "{\"lines\":[{\"item\":\"secret\"}]} | $.lines[0].quantity | found nothing",
                "{\"lines\":\"secret\"}              | $.lines             | expected ArrayList, found string",
                "{\"points\":{\"secret\":\"x\"}}     | $.points[*]         | expected Integer, found string",
                "{\"at\":\"secret\"}                 | $.at                | expected Instant, found string",
                "{\"colour\":\"secret\"}             | $.colour            | expected Colour, found string",
                "{\"colour\":0}                      | $.colour            | expected Colour, found number",
                "[\"secret\"]                        | $                   | expected Placed, found array",
                "null                                | $                   | its data is null, which is not a Placed",
                "{\"lines\":[]}                      | $                   | refused with IllegalArgumentException"
            })
    void json_that_does_not_fit_is_refused_with_its_place(String json, String path, String words) {
        UndecodableEvent failure = failure("Placed", json);
        assertThat(failure.reason()).isEqualTo(Reason.MISFIT);
        assertThat(failure.path()).contains(path);
        assertThat(failure).hasMessageContaining(words);
    }

    @Test
    void what_a_constructor_threw_keeps_its_place_and_loses_its_words() {
        assertThat(failure("Placed", "{\"lines\":[]}").getCause())
                .hasMessage(
                        "java.lang.IllegalArgumentException, whose message is left out, as it may quote the payload")
                .satisfies(cause ->
                        assertThat(cause.getStackTrace()[0].getClassName()).isEqualTo(Placed.class.getName()));
    }

    @Test
    void after_an_upcast_the_new_type_is_named_as_well() {
        assertThat(failure("Old", "{\"at\":true}"))
                .hasMessageContaining("its data, upcast to 'Placed', does not fit Placed at $.at");
    }

    @Test
    void a_strict_mapper_refuses_properties_that_the_class_does_not_have() {
        TypedEvents<Placed> strict = events.withMapper(TypedEvents.defaultMapper()
                .rebuild()
                .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .build());
        assertThat(events.decode(Recorded.json("Placed", "{\"colr\":\"RED\"}"))).hasSize(1);
        assertThatThrownBy(() -> strict.decode(Recorded.json("Placed", "{\"colr\":\"RED\"}")))
                .hasMessageContaining("does not fit Placed at $.colr: the class has no such property");
    }

    @Test
    void a_mapper_that_wraps_nothing_fails_in_the_same_way() {
        TypedEvents<Placed> bare = events.withMapper(TypedEvents.defaultMapper()
                .rebuild()
                .disable(DeserializationFeature.WRAP_EXCEPTIONS)
                .build());
        assertThatThrownBy(() -> bare.decode(Recorded.json("Placed", "{\"lines\":[]}")))
                .isInstanceOf(UndecodableEvent.class)
                .hasMessageContaining("refused with IllegalArgumentException")
                .satisfies(Leaks::none);
    }
}

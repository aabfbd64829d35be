package io.headwater;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** P2, for stream ids and for event types, which follow the same rules. */
@Tag("locales")
class StreamIdTest {
    private static final String EMOJI = "\uD83D\uDE00";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                " ",
                "a b",
                "/%:?#&+_.'\"\\;--",
                "a$",
                "-",
                "-a",
                "é",
                "e\u0301",
                "\uFFFF",
                "\u00A0",
                "\u200B",
                EMOJI,
                "%",
                "_",
                "null",
                "../..",
                "a\u2028b"
            })
    void takes_everything_that_can_be_printed(String name) {
        assertThat(StreamId.of(name).value()).isEqualTo(name);
        assertThat(StreamId.of(name)).hasToString(name);
        assertThat(EventData.json(name, "{}").type()).isEqualTo(name);
    }

    @Test
    void takes_255_characters_whatever_their_plane() {
        assertThat(StreamId.of("x".repeat(255)).value()).hasSize(255);
        assertThat(StreamId.of(EMOJI.repeat(255)).value()).hasSize(510);
        assertRefused("x".repeat(256), "has 256 characters, 255 are allowed");
        assertRefused(EMOJI.repeat(256), "has 256 characters, 255 are allowed");
        assertRefused(EMOJI.repeat(255) + "x", "has 256 characters, 255 are allowed");
    }

    @Test
    void is_refused_in_the_same_words_in_every_locale() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
            assertRefused("x".repeat(256), "has 256 characters, 255 are allowed");
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void refuses_every_control_character_wherever_it_stands() {
        for (char c = 0; c < 0xA0; c++) {
            if (Character.isISOControl(c)) {
                assertRefused("a" + c, "has a control character");
                assertRefused(c + "a", "has a control character");
                assertRefused(EMOJI + c, "has a control character");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0xD800, 0xDBFF, 0xDC00, 0xDFFF})
    void refuses_half_of_a_surrogate_pair(int half) {
        assertRefused("a" + (char) half, "half of a surrogate pair");
        assertRefused((char) half + "a", "half of a surrogate pair");
        assertRefused("\uDE00\uD83D" + (char) half, "half of a surrogate pair");
    }

    @Test
    void refuses_an_empty_a_null_and_a_reserved_name() {
        assertRefused("", "is empty");
        assertRefused(null, "is null");
        assertRefused("$all", "reserved");
        assertRefused("$", "reserved");
    }

    private static void assertRefused(String name, String why) {
        assertThatThrownBy(() -> StreamId.of(name))
                .isInstanceOf(InvalidRequest.class)
                .hasMessageStartingWith("stream id")
                .hasMessageContaining(why)
                .satisfies(StreamIdTest::isOneStorableLine);
        assertThatThrownBy(() -> EventData.json(name, "{}"))
                .isInstanceOf(InvalidRequest.class)
                .hasMessageStartingWith("event type")
                .hasMessageContaining(why);
    }

    private static void isOneStorableLine(Throwable refusal) {
        assertThat(refusal.getMessage().chars().noneMatch(Character::isISOControl))
                .isTrue();
        assertThat(StandardCharsets.UTF_8.newEncoder().canEncode(refusal.getMessage()))
                .isTrue();
        assertThat(refusal.getMessage()).hasSizeLessThan(250);
    }

    @ParameterizedTest
    @CsvSource({
        "order-42, order",
        "order-42-7, order",
        "a b-1, a b",
        "order2-1, order2",
        "order-, order",
        EMOJI + "-1, " + EMOJI
    })
    void knows_its_category(String id, String category) {
        assertThat(StreamId.of(id).category()).contains(category);
    }

    @ParameterizedTest
    @ValueSource(strings = {"order", "-42", "-", "--a"})
    void has_no_category_without_text_before_a_dash(String id) {
        assertThat(StreamId.of(id).category()).isEqualTo(Optional.empty());
    }

    @Test
    void is_made_of_a_category_and_an_id() {
        assertThat(StreamId.of("order", "4-2")).isEqualTo(StreamId.of("order-4-2"));
        assertThat(StreamId.of("order", "")).isEqualTo(StreamId.of("order-"));
    }

    @Test
    void refuses_a_category_that_would_not_come_back() {
        assertThatThrownBy(() -> StreamId.of("", "1")).isInstanceOf(InvalidRequest.class);
        assertThatThrownBy(() -> StreamId.of("a-b", "1")).isInstanceOf(InvalidRequest.class);
        assertThatThrownBy(() -> StreamId.of("$a", "1")).isInstanceOf(InvalidRequest.class);
        assertThatThrownBy(() -> StreamId.of(null, "1")).isInstanceOf(InvalidRequest.class);
        assertThatThrownBy(() -> StreamId.of("a", null)).isInstanceOf(InvalidRequest.class);
    }

    @Test
    void tells_case_and_normal_forms_apart() {
        assertThat(StreamId.of("a")).isNotEqualTo(StreamId.of("A"));
        assertThat(StreamId.of("\u00E9")).isNotEqualTo(StreamId.of("e\u0301"));
    }

    @Test
    void sorts_by_code_point_which_is_the_order_of_the_utf8_bytes() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        List<StreamId> ids = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            ids.add(StreamId.of("x" + randomName(random)));
        }
        List<StreamId> expected = new ArrayList<>(ids);
        expected.sort((a, b) -> Arrays.compareUnsigned(utf8(a), utf8(b)));
        ids.sort(null);
        assertThat(ids).as("seed %s", seed).isEqualTo(expected);
    }

    private static byte[] utf8(StreamId id) {
        return id.value().getBytes(StandardCharsets.UTF_8);
    }

    private static String randomName(Random random) {
        int[] interesting = {'a', 'b', 0xE9, 0x7FF, 0x800, 0xD7FF, 0xE000, 0xFFFD, 0xFFFF, 0x10000, 0x1F600, 0x10FFFF};
        return random.ints(random.nextInt(5), 0, interesting.length)
                .map(i -> interesting[i])
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}

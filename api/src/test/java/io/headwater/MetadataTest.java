package io.headwater;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("locales")
class MetadataTest {

    @Test
    void round_trips_every_code_point() {
        for (int start = 0; start <= Character.MAX_CODE_POINT; start += 0x1000) {
            StringBuilder text = new StringBuilder();
            for (int c = start; c < start + 0x1000; c++) {
                if (Character.getType(c) != Character.SURROGATE) {
                    text.appendCodePoint(c);
                }
            }
            assertRoundTrip(Metadata.of(Map.of("k" + text, text.toString())));
        }
    }

    @Test
    void round_trips_random_maps_in_their_order() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 500; i++) {
            Map<String, String> entries = new LinkedHashMap<>();
            for (int n = random.nextInt(6); n > 0; n--) {
                entries.put("k" + randomText(random), randomText(random));
            }
            Metadata metadata = Metadata.of(entries);
            assertThat(Metadata.decoded(metadata.encoded())).as("seed %s", seed).isEqualTo(metadata);
            assertThat(Metadata.decoded(metadata.encoded()).entries().keySet())
                    .as("seed %s", seed)
                    .containsExactlyElementsOf(entries.keySet());
        }
    }

    private static String randomText(Random random) {
        String[] pieces = {
            "\"",
            "\\",
            "/",
            "\n",
            "\u0000",
            "\u001f",
            "\u007f",
            "{",
            "}",
            ":",
            ",",
            "\uD83D\uDE00",
            "\\u0041",
            "é",
            "a",
            "\u2028"
        };
        StringBuilder text = new StringBuilder();
        random.ints(random.nextInt(8), 0, pieces.length).forEach(i -> text.append(pieces[i]));
        return text.toString();
    }

    @Test
    void encodes_as_a_flat_json_object() {
        Map<String, String> entries = new LinkedHashMap<>();
        entries.put("a", "\"\\\b\f\n\r\t\u0001/");
        entries.put("", "");
        entries.remove("");
        entries.put("b", "é");
        assertThat(new String(Metadata.of(entries).encoded(), StandardCharsets.UTF_8))
                .isEqualTo("{\"a\":\"\\\"\\\\\\b\\f\\n\\r\\t\\u0001/\",\"b\":\"é\"}");
        assertThat(Metadata.none().encoded()).isEmpty();
    }

    @Test
    void encodes_the_same_in_every_locale() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
            assertThat(new String(Metadata.of(Map.of("a", "\u0010")).encoded(), StandardCharsets.UTF_8))
                    .isEqualTo("{\"a\":\"\\u0010\"}");
        } finally {
            Locale.setDefault(before);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                " {\"a\":\"b\"}",
                "{\"a\":\"b\"} ",
                "{\"a\": \"b\"}",
                "{\"a\":1}",
                "{\"a\":null}",
                "{\"a\":true}",
                "{\"a\":{\"b\":\"c\"}}",
                "{\"a\":[]}",
                "{\"a\":\"1\",\"a\":\"2\"}",
                "{\"a\":\"b\",}",
                "{,}",
                "{\"a\"}",
                "{\"a\":}",
                "{\"a\":\"b\"",
                "{",
                "}",
                "[]",
                "null",
                "\"a\"",
                "1",
                " ",
                "not json",
                "{\"a\":\"\\u0041\"}",
                "{\"a\":\"\\/\"}",
                "{\"a\":\"\\x\"}",
                "{\"a\":\"\\u00g0\"}",
                "{\"a\":\"\\u00",
                "{\"a\":\"\\",
                "{\"a\":\"\n\"}",
                "{\"\":\"x\"}",
                "{\"a\":\"\\ud800\"}",
                "{\"\\udc00\":\"x\"}",
                "{\"a\":\"\\ud83d\\ude00\"}",
                "{\"a\":\"\\u000A\"}",
                "{\"a\":\"b\"}{}",
                "{\"a\":\"\\u\uFF11\uFF11\uFF11\uFF11\"}",
                "\uFEFF{\"a\":\"b\"}",
                "{'a':'b'}"
            })
    void keeps_foreign_metadata_byte_for_byte(String foreign) {
        byte[] bytes = foreign.getBytes(StandardCharsets.UTF_8);
        Metadata read = Metadata.decoded(bytes);
        assertThat(read.raw()).hasValueSatisfying(raw -> assertThat(raw).isEqualTo(bytes));
        assertThat(read.entries()).isEmpty();
        assertThat(read.isEmpty()).isFalse();
        assertRoundTrip(read);
    }

    @Test
    void keeps_bytes_that_are_no_utf8() {
        byte[][] foreign = {
            {0},
            {(byte) 0xFF},
            {'{', '"', 'a', '"', ':', '"', (byte) 0xC3, '"', '}'},
            {(byte) 0xED, (byte) 0xA0, (byte) 0x80}
        };
        for (byte[] bytes : foreign) {
            assertThat(Metadata.decoded(bytes).encoded()).isEqualTo(bytes);
            assertRoundTrip(Metadata.decoded(bytes));
        }
    }

    @Test
    void keeps_random_bytes() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 2000; i++) {
            byte[] bytes = new byte[random.nextInt(20)];
            random.nextBytes(bytes);
            assertThat(Metadata.decoded(bytes).encoded()).as("seed %s", seed).isEqualTo(bytes);
        }
    }

    @Test
    void is_none_without_bytes_however_it_was_made() {
        assertThat(Metadata.decoded(new byte[0])).isEqualTo(Metadata.none());
        assertThat(Metadata.of(Map.of())).isEqualTo(Metadata.none());
        assertThat(Metadata.decoded(new byte[0])).isEqualTo(Metadata.none());
        assertThat(Metadata.none().isEmpty()).isTrue();
        assertThat(Metadata.none().raw()).isEmpty();
    }

    @Test
    void reads_its_own_form_back_as_entries_even_when_given_as_raw_bytes() {
        byte[] own = Metadata.of(Map.of("a", "b")).encoded();
        assertThat(Metadata.decoded(own).get("a")).contains("b");
        assertThat(Metadata.decoded(own)).isEqualTo(Metadata.of(Map.of("a", "b")));
    }

    @Test
    void copies_maps_and_arrays() {
        Map<String, String> entries = new HashMap<>(Map.of("a", "1"));
        Metadata metadata = Metadata.of(entries);
        entries.put("b", "2");
        assertThat(metadata.entries()).containsOnlyKeys("a");
        assertThatThrownBy(() -> metadata.entries().put("c", "3")).isInstanceOf(UnsupportedOperationException.class);
        byte[] bytes = {1, 2};
        Metadata raw = Metadata.decoded(bytes);
        bytes[0] = 9;
        raw.raw().orElseThrow()[0] = 9;
        raw.encoded()[0] = 9;
        assertThat(raw.encoded()).containsExactly(1, 2);
    }

    @Test
    void adds_and_replaces_entries_in_a_copy() {
        Metadata one = Metadata.none().with("a", "1");
        Metadata two = one.with("b", "2").with("a", "3");
        assertThat(one.entries()).containsExactly(Map.entry("a", "1"));
        assertThat(two.entries()).containsExactly(Map.entry("a", "3"), Map.entry("b", "2"));
        assertThat(two.get("c")).isEmpty();
    }

    @Test
    void is_equal_when_entries_and_raw_bytes_are() {
        assertThat(Metadata.of(Map.of("a", "1"))).isEqualTo(Metadata.none().with("a", "1"));
        assertThat(Metadata.decoded(new byte[] {1}))
                .isEqualTo(Metadata.decoded(new byte[] {1}))
                .hasSameHashCodeAs(Metadata.decoded(new byte[] {1}))
                .isNotEqualTo(Metadata.none());
    }

    @Test
    void shows_no_values() {
        assertThat(Metadata.of(Map.of("key", "HUSH"))).hasToString("[key]");
        assertThat(Metadata.decoded("HUSH".getBytes(StandardCharsets.UTF_8))).hasToString("raw[4 bytes]");
    }

    @Test
    void refuses_entries_that_cannot_be_stored() {
        assertRefused(() -> Metadata.none().with("", "x"), "key is empty");
        assertRefused(() -> Metadata.none().with(null, "x"), "key is null");
        assertRefused(() -> Metadata.none().with("k", null), "value of 'k' is null");
        assertRefused(() -> Metadata.none().with("\uD800", "x"), "surrogate");
        assertRefused(() -> Metadata.none().with("k", "HUSH\uD800"), "surrogate");
        assertRefused(() -> Metadata.of(null), "null");
        assertRefused(() -> Metadata.decoded(null), "null");
        assertRefused(() -> Metadata.decoded(null), "null");
        assertRefused(() -> Metadata.decoded(new byte[] {1}).with("k\n", "HUSH"), "another form");
    }

    private static void assertRefused(org.assertj.core.api.ThrowableAssert.ThrowingCallable call, String why) {
        assertThatThrownBy(call)
                .isInstanceOf(InvalidRequest.class)
                .hasMessageContaining(why)
                .satisfies(refusal -> assertThat(refusal.getMessage()).doesNotContain("HUSH", "\n"));
    }

    private static void assertRoundTrip(Metadata metadata) {
        Metadata back = Metadata.decoded(metadata.encoded());
        assertThat(back).isEqualTo(metadata);
        assertThat(back.encoded()).isEqualTo(metadata.encoded());
    }
}

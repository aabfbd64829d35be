package io.headwater.esdb;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonMembersTest {
    private static JsonMembers read(String json) {
        return JsonMembers.read(json.getBytes(UTF_8)).orElseThrow();
    }

    private static String text(JsonMembers members) {
        return new String(members.bytes(), UTF_8);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}                        | {\"$tb\":7}",
                "{ }                       | { \"$tb\":7}",
                "{\"$tb\":2}               | {\"$tb\":7}",
                "{ \"$tb\" : 2 , \"a\":1 } | { \"$tb\" : 7 , \"a\":1 }",
                "{\"\\u0024tb\":2}         | {\"\\u0024tb\":7}",
                "{\"$tb\":2,\"$tb\":3}     | {\"$tb\":2,\"$tb\":7}",
                "{\"a\":{\"$tb\":1}}       | {\"a\":{\"$tb\":1},\"$tb\":7}",
                "{\"a\":\"}\"} x           | {\"a\":\"}\",\"$tb\":7} x",
                "{\"ä\":[1e3,\"\\\"\"]}    | {\"ä\":[1e3,\"\\\"\"],\"$tb\":7}",
            })
    void one_member_is_replaced_and_all_else_stays(String before, String after) {
        assertThat(text(read(before).with("$tb", "7"))).isEqualTo(after);
    }

    @Test
    void the_last_of_two_members_counts() {
        assertThat(read("{\"a\":1,\"b\":[ 2 ],\"a\":3}").get("a")).contains("3");
        assertThat(read("{\"a\":1,\"b\":[ 2 ],\"a\":3}").get("b")).contains("[ 2 ]");
        assertThat(read("{\"a\":\"ä\"}").get("a")).contains("\"ä\"");
        assertThat(read("{\"a\":1}").get("b")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "2",
                "[{\"a\":2}]",
                "{\"a\":2",
                "{\"a\":}",
                "{\"a\":1,}",
                "{,}",
                "{\"a\" 1}",
                "{a:1}",
                "{'a':1}",
                "{\"a\":01}",
                "{\"a\":1.}",
                "{\"a\":nul}",
                "{\"a\":\"\\x\"}",
                "{\"a\":\"\\u12g4\"}",
                "{\"a\":\"\n\"}",
                "{\"a\":[1,]}",
                "{\"a\":[1 2]}"
            })
    void what_is_no_object_is_not_read(String json) {
        assertThat(JsonMembers.read(json.getBytes(UTF_8))).isEmpty();
    }

    @Test
    void objects_that_are_nested_too_deep_are_not_read() {
        String deep = "{\"a\":" + "[".repeat(100_000);
        assertThat(JsonMembers.read(deep.getBytes(UTF_8))).isEmpty();
        assertThat(JsonMembers.read(("{\"a\":" + "[".repeat(50) + "]".repeat(50) + "}").getBytes(UTF_8)))
                .isPresent();
    }

    @Test
    void bytes_that_are_no_text_stay_as_they_are() {
        byte[] before = "{\"a\":\"\u00ff\u0080\"}".getBytes(StandardCharsets.ISO_8859_1);
        byte[] after = "{\"a\":\"\u00ff\u0080\",\"b\":1}".getBytes(StandardCharsets.ISO_8859_1);
        assertThat(JsonMembers.read(before).orElseThrow().with("b", "1").bytes())
                .isEqualTo(after);
    }

    @Test
    void random_text_is_read_or_refused_and_never_changed() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        String alphabet = "{}[]\",:\\u01a \n-.e$é";
        for (int round = 0; round < 20_000; round++) {
            StringBuilder text = new StringBuilder("{\"a\":1");
            for (int i = random.nextInt(12); i > 0; i--) {
                text.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            byte[] json = text.append("}").toString().getBytes(UTF_8);
            JsonMembers.read(json)
                    .ifPresent(members ->
                            assertThat(members.bytes()).as("seed %s", seed).isEqualTo(json));
        }
    }
}

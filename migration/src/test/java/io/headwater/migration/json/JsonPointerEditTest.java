package io.headwater.migration.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headwater.InvalidRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonPointerEditTest {
    private static String removed(String pointer, String json) throws JsonSyntax {
        return new String(JsonPointerEdit.removing(pointer).apply(json.getBytes(UTF_8)), UTF_8);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "/a      | {\"a\":1}                          | {}",
                "/a      | {\"a\":1,\"b\":2}                  | {\"b\":2}",
                "/b      | {\"a\":1 , \"b\" : {\"c\":[2]} }   | {\"a\":1  }",
                "/b      | {\"a\":1, \"b\":2, \"c\":3}        | {\"a\":1, \"c\":3}",
                "/a      | {\"a\":1,\"a\":2}                  | {}",
                "/a      | {\"a\":1,\"b\":3,\"a\":2}          | {\"b\":3}",
                "/a/b    | {\"a\":{\"b\":1,\"c\":2},\"b\":3}  | {\"a\":{\"c\":2},\"b\":3}",
                "/a/1    | {\"a\":[1,{\"x\":2},3]}            | {\"a\":[1,null,3]}",
                "/a/1/x  | {\"a\":[1,{\"x\":2},3]}            | {\"a\":[1,{},3]}",
                "/a~1b   | {\"a/b\":1,\"m~n\":2}              | {\"m~n\":2}",
                "/m~0n   | {\"a/b\":1,\"m~n\":2}              | {\"a/b\":1}",
                "/\u00e9 | {\"\\u00e9\":1,\"x\":\"\u00e9\"}   | {\"x\":\"\u00e9\"}",
                "/a/b    | {\"a\":3}                          | {\"a\":3}",
                "/x      | [1, 2]                             | [1, 2]",
                "/a      | 17                                 | 17",
            })
    void what_a_pointer_names_is_removed_and_nothing_else_changes(String pointer, String json, String expected)
            throws JsonSyntax {
        assertThat(removed(pointer, json)).isEqualTo(expected);
    }

    @Test
    void a_value_takes_the_place_of_another() throws JsonSyntax {
        JsonPointerEdit edit = JsonPointerEdit.replacing("/a", "\"***\"");
        assertThat(new String(edit.apply("{\"a\" : [1, 2] ,\"b\":3,\"a\":4}".getBytes(UTF_8)), UTF_8))
                .isEqualTo("{\"a\" : \"***\" ,\"b\":3,\"a\":\"***\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"a\":1", "{\"a\":1} x", "{a:1}", "", "{\"b\":tru}"})
    void a_text_that_is_not_json_is_refused_whole(String json) {
        assertThatThrownBy(() -> removed("/a", json)).isInstanceOf(JsonSyntax.class);
    }

    @Test
    void wrong_pointers_and_replacements_are_refused() {
        assertThatThrownBy(() -> JsonPointerEdit.removing("a")).isInstanceOf(InvalidRequest.class);
        assertThatThrownBy(() -> JsonPointerEdit.replacing("/a", "1 2")).isInstanceOf(InvalidRequest.class);
        assertThatThrownBy(() -> JsonPointerEdit.replacing("/a", "{")).isInstanceOf(InvalidRequest.class);
    }
}

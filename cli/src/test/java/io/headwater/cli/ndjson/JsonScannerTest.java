package io.headwater.cli.ndjson;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headwater.migration.json.JsonScanner;
import io.headwater.migration.json.JsonSyntax;
import io.headwater.migration.json.JsonToken;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;

/** The scanner beside Jackson: both take the same texts, and find the same tokens at the same bytes. */
class JsonScannerTest {
    private static final int TEXTS = 200_000;
    private static final String PIECES =
            "{}[]:,\"\\/ \t\n\r\u0001\u007Ftruefalsnbdx0123456789+-.eEué€\uFEFF\uD83D\uDE00";
    private static final String[] STRINGS = {
        "", "name", "\\n\\t\\\\\\\"\\/", "é€\uD83D\uDE00", "\\u00e9\\uD83d\\ude00", "\\ud800x"
    };
    private static final String[] PLAIN = {"0", "-0", "12.5e-7", "-1E+9", "90071992547409931", "true", "false", "null"};

    private final Random random = new Random();

    /** A token, and where it is. */
    private record Found(JsonToken token, String text, int from) {}

    @Test
    void texts_that_are_changed_at_random_are_read_as_by_jackson() {
        long seed = new Random().nextLong();
        random.setSeed(seed);
        int valid = 0;
        for (int i = 0; i < TEXTS; i++) {
            byte[] text = changed(value(5), random.nextInt(4)).getBytes(UTF_8);
            List<Found> expected = byJackson(text);
            assertThat(byScanner(text))
                    .as("seed %s, text %s: %s", seed, i, new String(text, UTF_8))
                    .isEqualTo(expected);
            valid += expected.isEmpty() ? 0 : 1;
        }
        assertThat(valid).isBetween(TEXTS / 5, TEXTS * 4 / 5);
    }

    private String value(int depth) {
        int kind = random.nextInt(depth == 0 ? 2 : 4);
        return blank()
                + switch (kind) {
                    case 0 -> PLAIN[random.nextInt(PLAIN.length)];
                    case 1 -> string();
                    case 2 -> "[" + list(depth, "") + "]";
                    default -> "{" + list(depth, ":") + "}";
                }
                + blank();
    }

    private String list(int depth, String colon) {
        List<String> elements = new ArrayList<>();
        for (int left = random.nextInt(4); left > 0; left--) {
            elements.add((colon.isEmpty() ? "" : blank() + string() + blank() + colon) + value(depth - 1));
        }
        return elements.isEmpty() ? blank() : String.join(",", elements);
    }

    private String string() {
        return '"' + STRINGS[random.nextInt(STRINGS.length)] + '"';
    }

    private String blank() {
        return random.nextInt(4) == 0 ? " \t\r\n".substring(random.nextInt(4)) : "";
    }

    private String changed(String text, int times) {
        List<String> characters =
                new ArrayList<>(text.codePoints().mapToObj(Character::toString).toList());
        for (int i = 0; i < times && !characters.isEmpty(); i++) {
            int at = random.nextInt(characters.size());
            switch (random.nextInt(3)) {
                case 0 -> characters.remove(at);
                case 1 -> characters.set(at, piece());
                default -> characters.add(at, piece());
            }
        }
        return String.join("", characters);
    }

    private String piece() {
        int[] pieces = PIECES.codePoints().toArray();
        return Character.toString(pieces[random.nextInt(pieces.length)]);
    }

    /** The tokens; none if this is not one value. */
    private static List<Found> byScanner(byte[] text) {
        List<Found> found = new ArrayList<>();
        JsonScanner json = new JsonScanner(text, StrictJson.MAX_DEPTH);
        try {
            for (int depth = -1; depth != 0; ) {
                JsonToken token = json.next();
                depth = Math.max(depth, 0) + nesting(token);
                found.add(found(token, json, text));
            }
            return json.isAtEnd() && found.stream().allMatch(JsonScannerTest::suitsJackson) ? found : List.of();
        } catch (JsonSyntax e) {
            return List.of();
        }
    }

    private static int nesting(JsonToken token) {
        return switch (token) {
            case OBJECT, ARRAY -> 1;
            case END_OF_OBJECT, END_OF_ARRAY -> -1;
            default -> 0;
        };
    }

    private static Found found(JsonToken token, JsonScanner json, byte[] text) {
        boolean textual = token == JsonToken.NAME || token == JsonToken.STRING;
        String span = new String(text, json.from(), json.to() - json.from(), UTF_8);
        return new Found(token, textual ? json.string() : span, json.from());
    }

    /** Jackson refuses names with halves of surrogate pairs, which the grammar has. */
    private static boolean suitsJackson(Found found) {
        return found.token() != JsonToken.NAME || UTF_8.newEncoder().canEncode(found.text());
    }

    private static List<Found> byJackson(byte[] text) {
        List<Found> found = new ArrayList<>();
        int values = 0;
        try (JsonParser json = StrictJson.parser(text)) {
            for (var token = json.nextToken(); token != null; token = json.nextToken()) {
                int from = (int) json.currentTokenLocation().getByteOffset();
                found.add(new Found(ours(token), json.getString(), from));
                values += json.streamReadContext().inRoot() && !token.isStructStart() ? 1 : 0;
            }
            return values == 1 && !startsWithMark(text) ? found : List.of();
        } catch (JacksonException e) {
            return List.of();
        }
    }

    private static JsonToken ours(tools.jackson.core.JsonToken token) {
        return switch (token) {
            case START_OBJECT -> JsonToken.OBJECT;
            case END_OBJECT -> JsonToken.END_OF_OBJECT;
            case START_ARRAY -> JsonToken.ARRAY;
            case END_ARRAY -> JsonToken.END_OF_ARRAY;
            case PROPERTY_NAME -> JsonToken.NAME;
            case VALUE_STRING -> JsonToken.STRING;
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> JsonToken.NUMBER;
            default -> JsonToken.LITERAL;
        };
    }

    /** Jackson skips a byte order mark. */
    private static boolean startsWithMark(byte[] text) {
        return new String(text, UTF_8).startsWith("\uFEFF");
    }

    @Test
    void what_is_skipped_is_the_span_of_the_whole_value() throws JsonSyntax {
        for (int i = 0; i < 1_000; i++) {
            String text = value(5);
            JsonScanner json = new JsonScanner(text.getBytes(UTF_8), StrictJson.MAX_DEPTH);
            json.next();
            json.skip();
            byte[] bytes = text.getBytes(UTF_8);
            assertThat(new String(bytes, json.from(), json.to() - json.from(), UTF_8))
                    .isEqualTo(text.strip());
            assertThat(json.isAtEnd()).isTrue();
        }
    }

    @Test
    void nothing_can_be_read_after_the_value() throws JsonSyntax {
        JsonScanner json = new JsonScanner("1".getBytes(UTF_8), 1);
        json.next();
        assertThatIllegalStateException().isThrownBy(json::next);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{            | byte 2: a name in quotes is expected",
                "[1 2]        | byte 4: a comma or ']' is expected",
                "{\"a\":1 \"b\"}| byte 8: a comma or '}' is expected",
                "{\"a\" 1}     | byte 6: a colon is expected after a name",
                "{\"a\":1,}    | byte 8: a name in quotes is expected",
                "[1,]         | byte 4: a value is expected",
                "[1,          | byte 4: a value is missing",
                "nul          | byte 1: a value is expected",
                "NaN          | byte 1: a value is expected",
                "-            | byte 2: a digit is expected",
                "1.e5         | byte 3: a digit is expected",
                "\"abc         | byte 5: the text ends in a string",
                "\"a\\         | byte 4: the text ends in a string",
                "\"\\x\"        | byte 3: an escape is one of",
                "\"\\u12x4\"    | byte 6: four hexadecimal digits are expected after \\u"
            })
    void a_problem_is_told_with_its_place(String text, String problem) {
        assertThatThrownBy(() -> readAll(text.getBytes(UTF_8)))
                .isInstanceOf(JsonSyntax.class)
                .hasMessageContaining(problem);
    }

    private static void readAll(byte[] text) throws JsonSyntax {
        JsonScanner json = new JsonScanner(text, 3);
        json.next();
        json.skip();
    }

    @Test
    void nesting_is_limited() throws JsonSyntax {
        readAll("[[[]]]".getBytes(UTF_8));
        assertThatThrownBy(() -> readAll("[[[[]]]]".getBytes(UTF_8))).hasMessageContaining("nested more than 3 deep");
    }
}

package io.headwater.cli.ndjson;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** One JSON value as the bytes it was written with. */
public final class JsonValue {
    private JsonValue() {}

    /**
     * Whether these bytes can be put on a line unchanged, and be read back: one value in UTF-8, without a line break,
     * without anything around it, and not nested too deep for a field.
     */
    public static boolean fitsOnLine(byte[] bytes) {
        return problem(bytes, StrictJson::fieldParser).isEmpty() && isBare(bytes);
    }

    /** Why these bytes are not one JSON value; empty if they are one. */
    public static Optional<String> problem(byte[] bytes) {
        return problem(bytes, StrictJson::parser);
    }

    private static Optional<String> problem(byte[] bytes, Function<byte[], JsonParser> parser) {
        if (!Utf8Validation.isWellFormed(bytes)) {
            return Optional.of("it is not UTF-8");
        }
        try (JsonParser json = parser.apply(bytes)) {
            if (json.nextToken() == null) {
                return Optional.of("it is empty");
            }
            skip(json);
            return json.nextToken() == null ? Optional.empty() : Optional.of("it continues after its end");
        } catch (JacksonException e) {
            return Optional.of(JsonProblem.of(e));
        }
    }

    private static boolean isBare(byte[] bytes) {
        for (byte b : bytes) {
            if (b == '\n' || b == '\r') {
                return false;
            }
        }
        return isEdge(bytes[0]) && isEdge(bytes[bytes.length - 1]);
    }

    /**
     * ASCII that is not white space: the parser skips a byte order mark, and no value begins or ends with another
     * character.
     */
    private static boolean isEdge(byte b) {
        return b > ' ';
    }

    /** The bytes of the value at whose beginning the parser is. */
    static byte[] slice(JsonParser json, byte[] line) {
        int from = (int) json.currentTokenLocation().getByteOffset();
        skip(json);
        return Arrays.copyOfRange(line, from, (int) json.currentLocation().getByteOffset());
    }

    private static void skip(JsonParser json) {
        JsonToken first = json.currentToken();
        if (first.isStructStart()) {
            json.skipChildren();
        } else {
            json.finishToken();
        }
    }
}

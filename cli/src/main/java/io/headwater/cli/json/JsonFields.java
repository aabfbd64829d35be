package io.headwater.cli.json;

import io.headwater.cli.ndjson.StrictJson;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Reads JSON of a known structure. Throws {@link Wrong} for any other structure. */
public final class JsonFields implements AutoCloseable {
    private static final int LONGEST_TEXT = 10_000;

    private final JsonParser json;

    private JsonFields(JsonParser json) {
        this.json = json;
    }

    /** The JSON does not have the expected structure. */
    public static final class Wrong extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Wrong(String message) {
            super(message);
        }
    }

    /** Positions the reader at the only value of this JSON. */
    public static JsonFields of(byte[] bytes) {
        JsonFields fields = new JsonFields(StrictJson.parser(bytes));
        fields.next();
        return fields;
    }

    private JsonToken next() {
        try {
            return json.nextToken();
        } catch (JacksonException e) {
            throw new Wrong(StrictJson.problem(e));
        }
    }

    public Wrong problem(String what) {
        return new Wrong("%s (line %s)".formatted(what, json.currentLocation().getLineNr()));
    }

    private void expect(JsonToken token, String name) {
        if (json.currentToken() != token) {
            throw problem("%s is expected%s".formatted(name, where()));
        }
    }

    private String where() {
        String name = json.currentName();
        return name == null ? "" : " as '" + brief(name) + "'";
    }

    private static String brief(String text) {
        return text.length() > 40 ? text.substring(0, 40) + "…" : text;
    }

    /** Calls back for each field of the object at the current position; the callback reads or skips the value. */
    public void object(BiConsumer<String, JsonFields> taker) {
        expect(JsonToken.START_OBJECT, "an object");
        Set<String> seen = new HashSet<>();
        while (next() == JsonToken.PROPERTY_NAME) {
            String field = json.currentName();
            if (!seen.add(field)) {
                throw problem("'" + brief(field) + "' occurs twice");
            }
            next();
            taker.accept(field, this);
        }
    }

    /** Calls back for each element of the array at the current position. */
    public void array(Consumer<JsonFields> taker) {
        expect(JsonToken.START_ARRAY, "an array");
        while (next() != JsonToken.END_ARRAY) {
            taker.accept(this);
        }
    }

    public String text() {
        expect(JsonToken.VALUE_STRING, "a text");
        String text = value(json::getString);
        if (text.length() > LONGEST_TEXT) {
            throw problem("a text is longer than %s characters%s".formatted(LONGEST_TEXT, where()));
        }
        return text;
    }

    /** A whole number that is not negative. */
    public long number() {
        expect(JsonToken.VALUE_NUMBER_INT, "a whole number");
        long number = value(json::getLongValue);
        if (number < 0) {
            throw problem("a number is negative" + where());
        }
        return number;
    }

    private <T> T value(Supplier<T> reading) {
        try {
            return reading.get();
        } catch (JacksonException e) {
            throw new Wrong(StrictJson.problem(e));
        }
    }

    public <E extends Enum<E>> E constant(Class<E> type, String name) {
        return Arrays.stream(type.getEnumConstants())
                .filter(constant -> constant.name().equals(name))
                .findFirst()
                .orElseThrow(() ->
                        problem("'%s' is none of %s".formatted(brief(name), Arrays.toString(type.getEnumConstants()))));
    }

    public void skip() {
        try {
            json.skipChildren();
        } catch (JacksonException e) {
            throw new Wrong(StrictJson.problem(e));
        }
    }

    /** Checks that nothing follows. */
    public void end() {
        if (next() != null) {
            throw problem("it continues after its end");
        }
    }

    @Override
    public void close() {
        json.close();
    }
}

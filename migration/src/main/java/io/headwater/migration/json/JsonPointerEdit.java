package io.headwater.migration.json;

import io.headwater.InvalidRequest;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Removes or replaces what a JSON pointer (RFC 6901) names in a text of JSON. Every other byte stays. Where a name occurs twice in an
 * object, both are changed. A text without such a place stays as it is. Immutable.
 */
public final class JsonPointerEdit {
    private static final int MAX_DEPTH = 500;

    private final List<String> path;
    private final byte @Nullable [] replacement;

    private JsonPointerEdit(String pointer, byte @Nullable [] replacement) {
        this.path = path(pointer);
        this.replacement = replacement;
    }

    /** What is to be cut out of the text, and whether it is a member of an object. */
    private record Span(int from, int to, boolean member) {}

    /**
     * Removes a member of an object, with its name. An element of an array becomes {@code null}.
     *
     * @throws InvalidRequest if the text is not a pointer to a part of the data
     */
    public static JsonPointerEdit removing(String pointer) {
        return new JsonPointerEdit(pointer, null);
    }

    /**
     * Puts something else in its place.
     *
     * @param json a text of JSON
     * @throws InvalidRequest if one of the texts is not valid
     */
    public static JsonPointerEdit replacing(String pointer, String json) {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        try {
            JsonScanner value = new JsonScanner(bytes, MAX_DEPTH);
            value.next();
            value.skip();
            if (!value.isAtEnd()) {
                throw new InvalidRequest("the replacement goes on after a value of JSON");
            }
        } catch (JsonSyntax wrong) {
            throw new InvalidRequest("the replacement is " + wrong.reason());
        }
        return new JsonPointerEdit(pointer, bytes);
    }

    private static List<String> path(String pointer) {
        if (!pointer.startsWith("/")) {
            throw new InvalidRequest("'" + pointer + "' is not a pointer: write it like /customer/email");
        }
        List<String> path = new ArrayList<>();
        for (String name : pointer.substring(1).split("/", -1)) {
            path.add(name.replace("~1", "/").replace("~0", "~"));
        }
        return path;
    }

    /**
     * The text with the change.
     *
     * @throws JsonSyntax if it is not JSON
     */
    public byte[] apply(byte[] text) throws JsonSyntax {
        JsonScanner scanner = new JsonScanner(text, MAX_DEPTH);
        List<Span> spans = new ArrayList<>();
        collect(scanner, scanner.next(), 0, spans);
        if (!scanner.isAtEnd()) {
            throw JsonSyntax.at(scanner.to(), "the text goes on after its value");
        }
        return spans.isEmpty() ? text : without(text, spans);
    }

    private void collect(JsonScanner scanner, JsonToken value, int depth, List<Span> spans) throws JsonSyntax {
        if (value == JsonToken.OBJECT && depth < path.size()) {
            members(scanner, depth, spans);
        } else if (value == JsonToken.ARRAY && depth < path.size()) {
            elements(scanner, depth, spans);
        } else {
            scanner.skip();
        }
    }

    private void members(JsonScanner scanner, int depth, List<Span> spans) throws JsonSyntax {
        while (scanner.next() == JsonToken.NAME) {
            int from = scanner.from();
            boolean wanted = scanner.string().equals(path.get(depth));
            JsonToken value = scanner.next();
            int start = scanner.from();
            if (!wanted) {
                scanner.skip();
            } else if (depth < path.size() - 1) {
                collect(scanner, value, depth + 1, spans);
            } else {
                scanner.skip();
                spans.add(new Span(replacement == null ? from : start, scanner.to(), true));
            }
        }
    }

    private void elements(JsonScanner scanner, int depth, List<Span> spans) throws JsonSyntax {
        int index = 0;
        for (JsonToken value = scanner.next(); value != JsonToken.END_OF_ARRAY; value = scanner.next()) {
            boolean wanted = path.get(depth).equals(Integer.toString(index++));
            int start = scanner.from();
            if (!wanted) {
                scanner.skip();
            } else if (depth < path.size() - 1) {
                collect(scanner, value, depth + 1, spans);
            } else {
                scanner.skip();
                spans.add(new Span(start, scanner.to(), false));
            }
        }
    }

    private byte[] without(byte[] text, List<Span> spans) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(text.length);
        int at = 0;
        for (Span span : spans) {
            out.write(text, at, span.from() - at);
            at = span.to();
            if (replacement != null) {
                out.writeBytes(replacement);
            } else if (span.member()) {
                at = afterComma(text, at, out);
            } else {
                out.writeBytes("null".getBytes(StandardCharsets.UTF_8));
            }
        }
        out.write(text, at, text.length - at);
        return out.toByteArray();
    }

    /** Removes the comma behind a member, or before the last one. */
    private static int afterComma(byte[] text, int end, ByteArrayOutputStream out) {
        int at = skipSpace(text, end);
        if (text[at] == ',') {
            return skipSpace(text, at + 1);
        }
        byte[] before = out.toByteArray();
        int length = before.length;
        while (before[length - 1] <= ' ') {
            length--;
        }
        if (before[length - 1] == ',') {
            out.reset();
            out.write(before, 0, length - 1);
        }
        return end;
    }

    private static int skipSpace(byte[] text, int from) {
        int at = from;
        while (text[at] <= ' ') {
            at++;
        }
        return at;
    }
}

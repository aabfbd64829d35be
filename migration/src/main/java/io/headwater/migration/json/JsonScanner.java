package io.headwater.migration.json;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;

/**
 * Reads a text of strict JSON (RFC 8259) token by token. Each token is a span of the bytes, which are neither copied nor changed. The
 * bytes MUST be well-formed UTF-8: the scanner does not check what stands in strings. Not thread-safe.
 */
public final class JsonScanner {
    private static final String[] LITERALS = {"true", "false", "null"};
    private static final String ESCAPES = "\"\\/bfnrt";
    private static final String ESCAPED = "\"\\/\b\f\n\r\t";
    private static final int UNICODE_ESCAPE = 6;
    private static final int HEXADECIMAL = 16;

    private final byte[] text;
    private final int maxDepth;
    /** Whether what is open at a depth, from 1, is an object. */
    private boolean[] objects = new boolean[16];

    private int depth;
    private boolean begun;
    /** Whether nothing stands before in the innermost object or array. */
    private boolean first;
    /** Whether a name stands before, to which a value belongs. */
    private boolean named;

    private int from;
    private int at;
    private boolean escaped;

    /**
     * Reads this text from its beginning.
     *
     * @param maxDepth how deep objects and arrays may be nested
     */
    public JsonScanner(byte[] text, int maxDepth) {
        this.text = text;
        this.maxDepth = maxDepth;
    }

    /**
     * Goes to the next token and returns it.
     *
     * @throws IllegalStateException if the one value that the text consists of was read
     */
    public JsonToken next() throws JsonSyntax {
        skipWhiteSpace();
        return depth == 0 ? outermost() : named ? valueOfMember() : element();
    }

    /** After the beginning of an object or array, goes to its end, so that all of it is the span; else does nothing. */
    public void skip() throws JsonSyntax {
        int start = from;
        int outside = text[start] == '{' || text[start] == '[' ? depth - 1 : depth;
        while (depth > outside) {
            next();
        }
        from = start;
    }

    /** Whether only white space follows. */
    public boolean isAtEnd() {
        skipWhiteSpace();
        return at == text.length;
    }

    /** The index of the first byte of the token. */
    public int from() {
        return from;
    }

    /** The index after the last byte of the token. */
    public int to() {
        return at;
    }

    /** What a name or a string stands for. Halves of surrogate pairs that are escaped become such characters. */
    public String string() {
        int start = from + 1;
        int end = at - 1;
        return escaped ? unescaped(start, end) : new String(text, start, end - start, UTF_8);
    }

    private JsonToken outermost() throws JsonSyntax {
        if (begun) {
            throw new IllegalStateException("the value has ended");
        }
        begun = true;
        return value();
    }

    private JsonToken element() throws JsonSyntax {
        boolean object = objects[depth];
        if (startsWith(object ? '}' : ']')) {
            return close(object ? JsonToken.END_OF_OBJECT : JsonToken.END_OF_ARRAY);
        }
        if (!first) {
            require(',', object ? "a comma or '}' is expected" : "a comma or ']' is expected");
            skipWhiteSpace();
        }
        first = false;
        return object ? name() : value();
    }

    private JsonToken name() throws JsonSyntax {
        if (!startsWith('"')) {
            throw problem("a name in quotes is expected");
        }
        named = true;
        return string(JsonToken.NAME);
    }

    private JsonToken valueOfMember() throws JsonSyntax {
        require(':', "a colon is expected after a name");
        named = false;
        skipWhiteSpace();
        return value();
    }

    private JsonToken value() throws JsonSyntax {
        byte next = peek("a value is missing");
        from = at;
        return switch (next) {
            case '{' -> open(JsonToken.OBJECT);
            case '[' -> open(JsonToken.ARRAY);
            case '"' -> string(JsonToken.STRING);
            case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> number();
            default -> literal();
        };
    }

    private JsonToken open(JsonToken begins) throws JsonSyntax {
        if (depth == maxDepth) {
            throw JsonSyntax.deeperThan(maxDepth);
        }
        depth++;
        if (depth == objects.length) {
            objects = Arrays.copyOf(objects, 2 * depth);
        }
        objects[depth] = begins == JsonToken.OBJECT;
        first = true;
        at++;
        return begins;
    }

    private JsonToken close(JsonToken end) {
        from = at;
        at++;
        depth--;
        first = false;
        return end;
    }

    private JsonToken string(JsonToken kind) throws JsonSyntax {
        from = at;
        at++;
        escaped = false;
        while (!startsWith('"')) {
            byte next = peek("the text ends in a string");
            if (next == '\\') {
                escape();
            } else if (next >= 0 && next < ' ') {
                throw problem("a control character in a string has to be escaped");
            } else {
                at++;
            }
        }
        at++;
        return kind;
    }

    private void escape() throws JsonSyntax {
        escaped = true;
        at++;
        if (peek("the text ends in a string") == 'u') {
            hexadecimal();
        } else if (ESCAPES.indexOf(text[at]) < 0) {
            throw problem("an escape is one of \\\" \\\\ \\/ \\b \\f \\n \\r \\t \\u");
        }
        at++;
    }

    private void hexadecimal() throws JsonSyntax {
        for (int digits = 0; digits < UNICODE_ESCAPE - 2; digits++) {
            at++;
            if (Character.digit(peek("the text ends in a string"), HEXADECIMAL) < 0) {
                throw problem("four hexadecimal digits are expected after \\u");
            }
        }
    }

    private JsonToken number() throws JsonSyntax {
        if (startsWith('-')) {
            at++;
        }
        if (startsWith('0')) {
            at++;
        } else {
            digits();
        }
        if (startsWith('.')) {
            at++;
            digits();
        }
        if (startsWith('e') || startsWith('E')) {
            at++;
            if (startsWith('+') || startsWith('-')) {
                at++;
            }
            digits();
        }
        return JsonToken.NUMBER;
    }

    private void digits() throws JsonSyntax {
        int start = at;
        while (at < text.length && text[at] >= '0' && text[at] <= '9') {
            at++;
        }
        if (at == start) {
            throw problem("a digit is expected");
        }
    }

    private JsonToken literal() throws JsonSyntax {
        for (String literal : LITERALS) {
            if (startsWith(literal)) {
                at += literal.length();
                return JsonToken.LITERAL;
            }
        }
        throw problem("a value is expected");
    }

    private boolean startsWith(String literal) {
        for (int i = 0; i < literal.length(); i++) {
            if (at + i == text.length || text[at + i] != literal.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private boolean startsWith(char expected) {
        return at < text.length && text[at] == expected;
    }

    private void require(char expected, String problem) throws JsonSyntax {
        if (!startsWith(expected)) {
            throw problem(problem);
        }
        at++;
    }

    private byte peek(String problem) throws JsonSyntax {
        if (at == text.length) {
            throw problem(problem);
        }
        return text[at];
    }

    private void skipWhiteSpace() {
        while (at < text.length && (text[at] == ' ' || text[at] == '\t' || text[at] == '\n' || text[at] == '\r')) {
            at++;
        }
    }

    private JsonSyntax problem(String reason) {
        return JsonSyntax.at(at, reason);
    }

    private String unescaped(int start, int end) {
        StringBuilder characters = new StringBuilder(end - start);
        int plain = start;
        for (int i = start; i < end; i++) {
            if (text[i] == '\\') {
                characters.append(new String(text, plain, i - plain, UTF_8)).append(escapedAt(i));
                i += text[i + 1] == 'u' ? UNICODE_ESCAPE - 1 : 1;
                plain = i + 1;
            }
        }
        return characters.append(new String(text, plain, end - plain, UTF_8)).toString();
    }

    private char escapedAt(int index) {
        byte kind = text[index + 1];
        return kind == 'u'
                ? (char) Integer.parseInt(new String(text, index + 2, UNICODE_ESCAPE - 2, UTF_8), HEXADECIMAL)
                : ESCAPED.charAt(ESCAPES.indexOf(kind));
    }
}

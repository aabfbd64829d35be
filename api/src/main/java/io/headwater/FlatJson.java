package io.headwater;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A flat JSON object of texts (RFC 8259), the stored form of {@link Metadata}. Written here because the API takes no
 * library into its users' class path for one small object.
 */
final class FlatJson {
    private static final String ESCAPED = "\"\\\b\f\n\r\t";
    private static final String LETTERS = "\"\\bfnrt";

    private final String text;
    private int at;

    private FlatJson(String text) {
        this.text = text;
    }

    static String write(Map<String, String> entries) {
        StringBuilder json = new StringBuilder("{");
        entries.forEach((key, value) -> {
            json.append(json.length() > 1 ? "," : "");
            quote(json, key);
            json.append(':');
            quote(json, value);
        });
        return json.append('}').toString();
    }

    private static void quote(StringBuilder json, String value) {
        json.append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            int escape = ESCAPED.indexOf(c);
            if (escape >= 0) {
                json.append('\\').append(LETTERS.charAt(escape));
            } else if (c < ' ') {
                json.append("\\u%04x".formatted((int) c));
            } else {
                json.append(c);
            }
        }
        json.append('"');
    }

    /** The entries of a flat object of texts; empty for anything else, malformed text included. */
    static Optional<Map<String, String>> read(String json) {
        try {
            return Optional.of(new FlatJson(json).object());
        } catch (NotFlat e) {
            return Optional.empty();
        }
    }

    private Map<String, String> object() {
        Map<String, String> entries = new LinkedHashMap<>();
        expect('{');
        while (peek() != '}') {
            if (!entries.isEmpty()) {
                expect(',');
            }
            String key = string();
            expect(':');
            entries.put(key, string());
        }
        expect('}');
        if (at != text.length()) {
            throw new NotFlat();
        }
        return entries;
    }

    private String string() {
        expect('"');
        StringBuilder value = new StringBuilder();
        while (peek() != '"') {
            char c = next();
            value.append(c == '\\' ? escaped() : c);
        }
        at++;
        return value.toString();
    }

    private char escaped() {
        char letter = next();
        if (letter == 'u') {
            return unicode();
        }
        int escape = LETTERS.indexOf(letter);
        if (escape < 0) {
            throw new NotFlat();
        }
        return ESCAPED.charAt(escape);
    }

    private char unicode() {
        int value = 0;
        for (int i = 0; i < 4; i++) {
            int digit = Character.digit(next(), 16);
            if (digit < 0) {
                throw new NotFlat();
            }
            value = value * 16 + digit;
        }
        return (char) value;
    }

    private void expect(char wanted) {
        if (next() != wanted) {
            throw new NotFlat();
        }
    }

    private char next() {
        char c = peek();
        at++;
        return c;
    }

    private char peek() {
        if (at >= text.length()) {
            throw new NotFlat();
        }
        return text.charAt(at);
    }

    /** Ends the reading of anything that is not a flat object; never leaves this class. */
    private static final class NotFlat extends RuntimeException {
        private static final long serialVersionUID = 1L;

        NotFlat() {
            super(null, null, false, false);
        }
    }
}

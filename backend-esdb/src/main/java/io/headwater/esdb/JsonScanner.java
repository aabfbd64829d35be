package io.headwater.esdb;

import io.headwater.esdb.JsonMembers.Member;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the members of a JSON object (RFC 8259) in a text whose characters stand for bytes. */
final class JsonScanner {
    /** The server's parser refuses more. */
    private static final int MAX_DEPTH = 60;

    private static final String BLANKS = " \t\n\r";
    private static final String ESCAPED = "\"\\/\b\f\n\r\t";
    private static final String LETTERS = "\"\\/bfnrt";
    private static final int HEX_DIGITS = 4;
    private static final Pattern SCALAR =
            Pattern.compile("true|false|null|-?(?:0|[1-9][0-9]*+)(?:\\.[0-9]++)?(?:[eE][+-]?[0-9]++)?");

    private final String text;
    private int at;

    private JsonScanner(String text) {
        this.text = text;
    }

    /**
     * @param end the place of the closing brace
     */
    record Found(List<Member> members, int end) {}

    /** The members of the object at the beginning of the text; empty if there is no well-formed one. */
    static Optional<Found> members(String text) {
        JsonScanner scanner = new JsonScanner(text);
        try {
            scanner.skipBlanks();
            List<Member> members = scanner.object(0);
            return Optional.of(new Found(members, scanner.at - 1));
        } catch (Malformed e) {
            return Optional.empty();
        }
    }

    /** The contents of a JSON string whose text is this; empty if the text is no well-formed string. */
    static Optional<String> string(String json) {
        JsonScanner scanner = new JsonScanner(json);
        try {
            String value = scanner.string();
            return scanner.at == json.length() ? Optional.of(value) : Optional.empty();
        } catch (Malformed e) {
            return Optional.empty();
        }
    }

    private List<Member> object(int depth) {
        expect('{');
        List<Member> members = new ArrayList<>();
        while (!closes('}', members.isEmpty())) {
            String name = new String(string().getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
            skipBlanks();
            expect(':');
            skipBlanks();
            int from = at;
            value(depth + 1);
            members.add(new Member(name, from, at));
        }
        return members;
    }

    private void array(int depth) {
        expect('[');
        boolean first = true;
        while (!closes(']', first)) {
            value(depth + 1);
            first = false;
        }
    }

    /** Whether the object or array ends here; otherwise goes on to the next of its parts. */
    private boolean closes(char end, boolean first) {
        skipBlanks();
        if (peek() == end) {
            at++;
            return true;
        }
        if (!first) {
            expect(',');
            skipBlanks();
        }
        return false;
    }

    private void value(int depth) {
        if (depth > MAX_DEPTH) {
            throw new Malformed();
        }
        switch (peek()) {
            case '{' -> object(depth);
            case '[' -> array(depth);
            case '"' -> string();
            default -> scalar();
        }
    }

    private void scalar() {
        Matcher matcher = SCALAR.matcher(text).region(at, text.length());
        if (!matcher.lookingAt()) {
            throw new Malformed();
        }
        at = matcher.end();
    }

    private String string() {
        expect('"');
        StringBuilder value = new StringBuilder();
        while (peek() != '"') {
            char c = next();
            if (c < ' ') {
                throw new Malformed();
            }
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
            throw new Malformed();
        }
        return ESCAPED.charAt(escape);
    }

    private char unicode() {
        int value = 0;
        for (int i = 0; i < HEX_DIGITS; i++) {
            int digit = Character.digit(next(), 16);
            if (digit < 0) {
                throw new Malformed();
            }
            value = value * 16 + digit;
        }
        return (char) value;
    }

    private void skipBlanks() {
        while (at < text.length() && BLANKS.indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    private void expect(char wanted) {
        if (next() != wanted) {
            throw new Malformed();
        }
    }

    private char next() {
        char c = peek();
        at++;
        return c;
    }

    private char peek() {
        if (at >= text.length()) {
            throw new Malformed();
        }
        return text.charAt(at);
    }

    /** Ends the scan of anything that is no object; never leaves this class. */
    private static final class Malformed extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Malformed() {
            super(null, null, false, false);
        }
    }
}

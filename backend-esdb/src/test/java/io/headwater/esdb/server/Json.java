package io.headwater.esdb.server;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** JSON as the server's library reads and writes it: of a name that comes twice the last value counts, at the first one's place. */
final class Json {
    /** The text is no JSON, or not of the form expected. */
    static final class NotJson extends Exception {
        private static final long serialVersionUID = 1;

        NotJson(String what) {
            super(what);
        }
    }

    private final String text;
    private int at;

    private Json(String text) {
        this.text = text;
    }

    /** An object; what follows it is not looked at. */
    static Map<String, Object> parseObjectAtStart(String text) throws NotJson {
        return object(new Json(text).value());
    }

    /** An object and nothing else. */
    static Map<String, Object> parseObject(String text) throws NotJson {
        Json json = new Json(text);
        Map<String, Object> object = object(json.value());
        json.skipSpace();
        if (json.at < text.length()) {
            throw new NotJson("more at " + json.at);
        }
        return object;
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> object(Object value) throws NotJson {
        if (value instanceof Map<?, ?> map) {
            return (Map<String, Object>) map;
        }
        throw new NotJson("no object");
    }

    private Object value() throws NotJson {
        skipSpace();
        char c = peek();
        return switch (c) {
            case '{' -> members();
            case '[' -> elements();
            case '"' -> string();
            case 't' -> word("true", true);
            case 'f' -> word("false", false);
            case 'n' -> word("null", null);
            default -> number();
        };
    }

    private Map<String, Object> members() throws NotJson {
        Map<String, Object> members = new LinkedHashMap<>();
        at++;
        skipSpace();
        while (peek() != '}') {
            String name = string();
            skipSpace();
            expect(':');
            members.put(name, value());
            separator('}');
        }
        at++;
        return members;
    }

    private List<Object> elements() throws NotJson {
        List<Object> elements = new ArrayList<>();
        at++;
        skipSpace();
        while (peek() != ']') {
            elements.add(value());
            separator(']');
        }
        at++;
        return elements;
    }

    private void separator(char closing) throws NotJson {
        skipSpace();
        if (peek() != closing) {
            expect(',');
            skipSpace();
        }
    }

    private Object word(String word, Object meaning) throws NotJson {
        if (!text.startsWith(word, at)) {
            throw new NotJson("no value at " + at);
        }
        at += word.length();
        return meaning;
    }

    private Object number() throws NotJson {
        int from = at;
        while (at < text.length() && "+-.eE0123456789".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        String digits = text.substring(from, at);
        try {
            if (digits.matches("-?[0-9]+")) {
                BigInteger integer = new BigInteger(digits);
                return integer.bitLength() < Long.SIZE ? (Object) integer.longValue() : integer;
            }
            return new BigDecimal(digits).doubleValue();
        } catch (NumberFormatException e) {
            throw new NotJson("no number at " + from);
        }
    }

    private String string() throws NotJson {
        expect('"');
        StringBuilder string = new StringBuilder();
        while (peek() != '"') {
            char c = text.charAt(at++);
            string.append(c == '\\' ? escaped() : c);
        }
        at++;
        return string.toString();
    }

    private char escaped() throws NotJson {
        char c = peek();
        at++;
        return switch (c) {
            case 'n' -> '\n';
            case 't' -> '\t';
            case 'r' -> '\r';
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'u' -> codeUnit();
            default -> c;
        };
    }

    private char codeUnit() throws NotJson {
        try {
            char unit = (char) Integer.parseInt(text.substring(at, at + 4), 16);
            at += 4;
            return unit;
        } catch (NumberFormatException | StringIndexOutOfBoundsException e) {
            throw new NotJson("no code unit at " + at);
        }
    }

    private void expect(char c) throws NotJson {
        if (peek() != c) {
            throw new NotJson("no " + c + " at " + at);
        }
        at++;
    }

    private char peek() throws NotJson {
        if (at >= text.length()) {
            throw new NotJson("ends too early");
        }
        return text.charAt(at);
    }

    private void skipSpace() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
    }

    static String write(Object value) {
        StringBuilder out = new StringBuilder();
        write(out, value);
        return out.toString();
    }

    private static void write(StringBuilder out, Object value) {
        if (value instanceof Map<?, ?> map) {
            String separator = "{";
            for (Map.Entry<?, ?> member : map.entrySet()) {
                out.append(separator);
                quote(out, member.getKey().toString());
                out.append(':');
                write(out, member.getValue());
                separator = ",";
            }
            out.append(map.isEmpty() ? "{}" : "}");
        } else if (value instanceof List<?> list) {
            String separator = "[";
            for (Object element : list) {
                out.append(separator);
                write(out, element);
                separator = ",";
            }
            out.append(list.isEmpty() ? "[]" : "]");
        } else if (value instanceof String string) {
            quote(out, string);
        } else {
            out.append(value);
        }
    }

    private static void quote(StringBuilder out, String string) {
        out.append('"');
        for (int i = 0; i < string.length(); i++) {
            char c = string.charAt(i);
            switch (c) {
                case '"', '\\' -> out.append('\\').append(c);
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                case '\b' -> out.append("\\b");
                case '\f' -> out.append("\\f");
                default -> {
                    if (c < ' ' || c == '\u0085' || c == '\u2028' || c == '\u2029') {
                        out.append(String.format("\\u%04x", (int) c));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        out.append('"');
    }
}

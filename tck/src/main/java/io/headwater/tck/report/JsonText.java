package io.headwater.tck.report;

import java.util.Collection;
import java.util.Map;

/** JSON (RFC 8259) of maps, collections, texts, numbers and truth values, on one line: all that a report needs. */
final class JsonText {
    private final StringBuilder out = new StringBuilder();

    private JsonText() {}

    static String of(Object value) {
        JsonText json = new JsonText();
        json.value(value);
        return json.out.toString();
    }

    private void value(Object value) {
        if (value instanceof Map<?, ?> object) {
            object(object);
        } else if (value instanceof Collection<?> array) {
            array(array);
        } else if (value instanceof Number || value instanceof Boolean) {
            out.append(value);
        } else {
            text(value.toString());
        }
    }

    private void object(Map<?, ?> object) {
        String separator = "{";
        for (Map.Entry<?, ?> field : object.entrySet()) {
            out.append(separator);
            text(field.getKey().toString());
            out.append(':');
            value(field.getValue());
            separator = ",";
        }
        out.append(object.isEmpty() ? "{}" : "}");
    }

    private void array(Collection<?> array) {
        String separator = "[";
        for (Object element : array) {
            out.append(separator);
            value(element);
            separator = ",";
        }
        out.append(array.isEmpty() ? "[]" : "]");
    }

    private void text(String text) {
        out.append('"');
        text.chars().forEach(unit -> character((char) unit));
        out.append('"');
    }

    /** Names may hold halves of surrogate pairs, which are no characters and have no UTF-8. */
    private void character(char c) {
        switch (c) {
            case '"' -> out.append("\\\"");
            case '\\' -> out.append("\\\\");
            case '\n' -> out.append("\\n");
            case '\t' -> out.append("\\t");
            default -> {
                if (c < ' ' || c == 0x7F || Character.isSurrogate(c)) {
                    out.append("\\u%04x".formatted((int) c));
                } else {
                    out.append(c);
                }
            }
        }
    }
}

package io.headwater.esdb.kit;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A small JSON writer: maps keep their order, short things stay on one line so that a diff reads well. */
final class Json {
    private Json() {}

    static String line(Object v) {
        StringBuilder b = new StringBuilder();
        write(b, v);
        return b.toString();
    }

    /** Pretty form: maps and lists are broken into lines down to the given depth, below that one line each. */
    static String pretty(Object v, int depth) {
        StringBuilder b = new StringBuilder();
        pretty(b, v, depth, "");
        return b.append('\n').toString();
    }

    private static void pretty(StringBuilder b, Object v, int depth, String indent) {
        boolean breakable = v instanceof Map<?, ?> m && !m.isEmpty() || v instanceof List<?> l && !l.isEmpty();
        if (depth == 0 || !breakable) {
            write(b, v);
            return;
        }
        String in = indent + "  ";
        boolean map = v instanceof Map;
        b.append(map ? "{\n" : "[\n");
        boolean first = true;
        if (v instanceof Map<?, ?> m) {
            for (Map.Entry<?, ?> e : m.entrySet()) {
                if (!first) b.append(",\n");
                first = false;
                b.append(in);
                String key = String.valueOf(e.getKey());
                string(b, key);
                b.append(": ");
                // messages: one a line, however deep
                boolean messages = key.equals("requests") || key.equals("responses") || key.equals("never taken");
                pretty(
                        b,
                        e.getValue(),
                        messages ? 1 : key.equals("steps") || key.equals("segments") ? 3 : depth - 1,
                        in);
            }
        } else {
            for (Object o : (List<?>) v) {
                if (!first) b.append(",\n");
                first = false;
                b.append(in);
                pretty(b, o, depth - 1, in);
            }
        }
        b.append('\n').append(indent).append(map ? '}' : ']');
    }

    private static void write(StringBuilder b, Object v) {
        if (v == null) {
            b.append("null");
        } else if (v instanceof Map<?, ?> m) {
            b.append('{');
            boolean first = true;
            for (Map.Entry<?, ?> e : m.entrySet()) {
                if (!first) b.append(", ");
                first = false;
                string(b, String.valueOf(e.getKey()));
                b.append(": ");
                write(b, e.getValue());
            }
            b.append('}');
        } else if (v instanceof Iterable<?> l) {
            b.append('[');
            boolean first = true;
            for (Object o : l) {
                if (!first) b.append(", ");
                first = false;
                write(b, o);
            }
            b.append(']');
        } else if (v instanceof Number || v instanceof Boolean) {
            b.append(v);
        } else {
            string(b, v.toString());
        }
    }

    static void string(StringBuilder b, String s) {
        b.append('"');
        for (int i = 0; i < s.length(); i++) {
            char c = s.charAt(i);
            switch (c) {
                case '"' -> b.append("\\\"");
                case '\\' -> b.append("\\\\");
                case '\n' -> b.append("\\n");
                case '\r' -> b.append("\\r");
                case '\t' -> b.append("\\t");
                default -> {
                    // everything that could look like something else in a diff is escaped
                    if (c < 0x20 || c > 0x7e) b.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
                    else b.append(c);
                }
            }
        }
        b.append('"');
    }
}

package io.headwater.esdb.kit;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** What differs between two transcripts, by lines. */
final class Differences {
    private static final int SHOWN = 4;
    private static final int WIDTH = 400;

    /** The rest of the text is of the server's HTTP, not of what it says. */
    private static final Pattern HTTP_500 = Pattern.compile(
            "(HTTP status code 500)(?:\\\\n[^\"]*)?(\")(?:,\\s*\"trailers\": \\{\\s*\":status\": \"500\"\\s*})?");

    private Differences() {}

    /** The first lines that differ, or an empty text. */
    static String between(String recorded, String answered) {
        List<String> a = lines(recorded);
        List<String> b = lines(answered);
        List<String> told = new ArrayList<>();
        for (int i = 0; i < Math.max(a.size(), b.size()) && told.size() < 2 * SHOWN; i++) {
            String x = i < a.size() ? a.get(i) : "";
            String y = i < b.size() ? b.get(i) : "";
            if (!x.equals(y)) {
                told.add("  %s - %s".formatted(i + 1, cut(x)));
                told.add("  %s + %s".formatted(i + 1, cut(y)));
            }
        }
        return String.join("\n", told);
    }

    private static List<String> lines(String text) {
        return HTTP_500.matcher(text).replaceAll("$1$2").lines().toList();
    }

    private static String cut(String line) {
        String text = line.strip();
        return text.length() <= WIDTH ? text : text.substring(0, WIDTH) + " …";
    }
}

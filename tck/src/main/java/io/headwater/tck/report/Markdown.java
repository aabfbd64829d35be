package io.headwater.tck.report;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;

/** Pieces of Markdown. */
public final class Markdown {
    private Markdown() {}

    /** A table. Cells are Markdown; {@code |} and line breaks in them are escaped. */
    public static final class Table {
        private final List<String> lines = new ArrayList<>();

        public Table(List<String> head) {
            row(head);
            lines.add("|" + String.join("|", Collections.nCopies(head.size(), "---")) + "|");
        }

        public void row(List<String> cells) {
            lines.add(cells.stream()
                    .map(cell -> cell.replace("|", "\\|").replaceAll("\\s*\\R\\s*", " "))
                    .collect(Collectors.joining(" | ", "| ", " |")));
        }

        @Override
        public String toString() {
            return String.join("\n", lines);
        }
    }

    /** A text that may contain anything, within a line: it is shown as it is, without emphasis or HTML. */
    public static String text(String text) {
        StringBuilder shown = new StringBuilder();
        Inert.of(text).codePoints().forEach(c -> {
            boolean harmless = c >= 0x80 || Character.isLetterOrDigit(c) || " .,:;-'=()%+?\"".indexOf(c) >= 0;
            shown.append(harmless ? Character.toString(c) : "&#" + c + ";");
        });
        return shown.toString();
    }

    /** A text that may contain anything, as code within a line. */
    public static String code(String text) {
        String fence = fence("`", text);
        String padding = text.startsWith("`") || text.endsWith("`") ? " " : "";
        return fence + padding + Inert.of(text).replaceAll("\\s+", " ") + padding + fence;
    }

    /** A text from outside as a block of code. */
    static String block(String text) {
        String fence = fence("```", text);
        return fence + "text\n" + Inert.of(text) + "\n" + fence;
    }

    /** Ends the text only where it ends. */
    private static String fence(String shortest, String text) {
        String fence = shortest;
        while (text.contains(fence)) {
            fence += "`";
        }
        return fence;
    }
}

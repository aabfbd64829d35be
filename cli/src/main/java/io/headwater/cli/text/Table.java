package io.headwater.cli.text;

import java.util.ArrayList;
import java.util.List;

/** Rows in aligned columns. Every cell is made {@linkplain Printable printable}. */
public final class Table {
    /** A longer cell does not push the others aside for all rows. */
    private static final int WIDEST = 60;

    private static final String GAP = "  ";

    private final List<Boolean> right = new ArrayList<>();
    private final List<List<String>> rows = new ArrayList<>();

    /** A table with these headings; a column is aligned to the right if its heading begins with {@code >}. */
    public Table(String... headings) {
        List<String> first = new ArrayList<>();
        for (String heading : headings) {
            right.add(heading.startsWith(">"));
            first.add(heading.startsWith(">") ? heading.substring(1) : heading);
        }
        rows.add(first);
    }

    public void row(String... cells) {
        List<String> row = new ArrayList<>();
        for (String cell : cells) {
            row.add(Printable.of(cell));
        }
        rows.add(row);
    }

    /** The lines, headings first. */
    public List<String> lines(Paint paint) {
        List<String> lines = new ArrayList<>();
        for (List<String> row : rows) {
            String line = line(row);
            lines.add(lines.isEmpty() ? paint.bold(line) : line);
        }
        return lines;
    }

    private String line(List<String> row) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < row.size(); column++) {
            line.append(column == 0 ? "" : GAP).append(cell(row.get(column), column));
        }
        return line.toString().stripTrailing();
    }

    private String cell(String text, int column) {
        String padding = " ".repeat(Math.max(0, width(column) - length(text)));
        return right.get(column) ? padding + text : text + padding;
    }

    private int width(int column) {
        return Math.min(
                WIDEST,
                rows.stream().mapToInt(row -> length(row.get(column))).max().orElse(0));
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }
}

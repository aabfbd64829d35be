package io.headwater.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The report as Markdown whose tables are aligned, for the eye and for a document. */
final class TextReport {
    private static final List<String> HEAD =
            List.of("events per second", "Headwater", "raw", "the raw side", "ratio", "goal");

    private final StringBuilder text = new StringBuilder();

    private TextReport() {}

    static String of(Report report) {
        TextReport out = new TextReport();
        report.environment()
                .forEach((name, value) -> out.text
                        .append("- ")
                        .append(name)
                        .append(": ")
                        .append(value)
                        .append('\n'));
        for (Map.Entry<String, List<Row>> backend : report.rows().entrySet()) {
            out.text.append("\n### ").append(backend.getKey()).append("\n\n");
            out.table(backend.getValue());
        }
        return out.text.toString();
    }

    private void table(List<Row> rows) {
        List<List<String>> lines = new ArrayList<>(List.of(HEAD));
        rows.forEach(row -> lines.add(cells(row)));
        List<Integer> widths = new ArrayList<>();
        for (int column = 0; column < HEAD.size(); column++) {
            int at = column;
            widths.add(
                    lines.stream().mapToInt(line -> line.get(at).length()).max().orElseThrow());
        }
        lines.add(1, widths.stream().map("-"::repeat).toList());
        lines.forEach(line -> line(line, widths));
    }

    private static List<String> cells(Row row) {
        return List.of(
                row.what(),
                Words.spread(row.figure()),
                Words.spread(row.rivalFigure()),
                row.rival(),
                Words.spread(row.ratio()),
                goal(row));
    }

    private static String goal(Row row) {
        if (!row.hasGoal()) {
            return "";
        }
        return "≥ " + Words.number(row.goal()) + (row.isMet() ? " met" : " MISSED");
    }

    private void line(List<String> cells, List<Integer> widths) {
        for (int column = 0; column < cells.size(); column++) {
            String cell = cells.get(column);
            text.append("| ").append(cell).append(" ".repeat(widths.get(column) - cell.length() + 1));
        }
        text.append("|\n");
    }
}

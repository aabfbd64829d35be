package io.headwater.benchmarks;

import java.util.ArrayList;
import java.util.List;

/** The report as Markdown whose tables are aligned, so that it can be read as plain text too. */
final class TextResults {
    private static final List<String> ROWS =
            List.of("events per second", "Headwater", "baseline", "which is", "ratio", "goal");
    private static final List<String> FIGURES = List.of("figure", "unit", "Headwater", "goal");

    private final StringBuilder text = new StringBuilder();

    private TextResults() {}

    static String of(Report report) {
        TextResults out = new TextResults();
        report.environment()
                .forEach((name, value) -> out.text
                        .append("- ")
                        .append(name)
                        .append(": ")
                        .append(value)
                        .append('\n'));
        for (Report.Section section : report.sections()) {
            out.text.append("\n### ").append(section.backend()).append('\n');
            out.table(ROWS, section.rows().stream().map(TextResults::cells).toList());
            out.table(
                    FIGURES, section.figures().stream().map(TextResults::cells).toList());
        }
        return out.text.toString();
    }

    private void table(List<String> head, List<List<String>> cells) {
        if (cells.isEmpty()) {
            return;
        }
        List<List<String>> lines = new ArrayList<>(cells);
        lines.add(0, head);
        List<Integer> widths = new ArrayList<>();
        for (int column = 0; column < head.size(); column++) {
            int at = column;
            widths.add(
                    lines.stream().mapToInt(line -> line.get(at).length()).max().orElseThrow());
        }
        lines.add(1, widths.stream().map("-"::repeat).toList());
        text.append('\n');
        lines.forEach(line -> line(line, widths));
    }

    private static List<String> cells(Row row) {
        return List.of(
                row.what(),
                NumberText.spread(row.figure()),
                NumberText.spread(row.baselineFigure()),
                row.baseline(),
                NumberText.spread(row.ratio()),
                goal(row.goal(), row.ratio()));
    }

    private static List<String> cells(Figure figure) {
        return List.of(
                figure.what(),
                figure.unit(),
                NumberText.spread(figure.samples()),
                goal(figure.goal(), figure.samples()));
    }

    private static String goal(Goal goal, Samples reached) {
        if (!goal.isSet()) {
            return "";
        }
        return goal.words() + (goal.isMet(reached) ? " met" : " MISSED");
    }

    private void line(List<String> cells, List<Integer> widths) {
        for (int column = 0; column < cells.size(); column++) {
            String cell = cells.get(column);
            text.append("| ").append(cell).append(" ".repeat(widths.get(column) - cell.length() + 1));
        }
        text.append("|\n");
    }
}

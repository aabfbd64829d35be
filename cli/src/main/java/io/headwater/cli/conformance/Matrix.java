package io.headwater.cli.conformance;

import io.headwater.cli.conformance.StoredReport.StoredRule;
import io.headwater.tck.Status;
import io.headwater.tck.report.Markdown;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Several reports in one table: a column for each report, a row for each compared fact. */
public final class Matrix {
    private static final String ABSENT = "–";

    private final List<StoredReport> reports;

    public Matrix(List<StoredReport> reports) {
        this.reports = List.copyOf(reports);
    }

    /** The names of the columns: backends, with the file if a backend occurs twice. */
    public List<String> columns() {
        return reports.stream()
                .map(report ->
                        isUnique(report.backend()) ? report.backend() : report.backend() + " (" + report.file() + ")")
                .toList();
    }

    private boolean isUnique(String backend) {
        return reports.stream()
                        .filter(report -> report.backend().equals(backend))
                        .count()
                == 1;
    }

    /** What each store declares: name, then a value for each column, empty if there is none. */
    public Map<String, List<String>> declared() {
        return rows(
                report -> report.declared().keySet(),
                (report, name) -> report.declared().getOrDefault(name, ""));
    }

    /** The results of the rules of each group. */
    public Map<String, List<String>> groups() {
        return rows(
                report ->
                        report.rules().values().stream().map(StoredRule::group).toList(),
                (report, group) -> counts(report.rules().values().stream()
                        .filter(rule -> rule.group().equals(group))
                        .toList()));
    }

    /**
     * The result of each rule, by id; with {@code onlyOther}, only of those that did not pass in every report that has
     * them.
     */
    public Map<String, List<String>> rules(boolean onlyOther) {
        return rows(
                report -> report.rules().keySet().stream()
                        .filter(id -> !onlyOther || !passesEverywhere(id))
                        .toList(),
                (report, id) -> Optional.ofNullable(report.rules().get(id))
                        .map(rule -> rule.status().words())
                        .orElse(""));
    }

    private boolean passesEverywhere(String id) {
        return reports.stream()
                .map(report -> Optional.ofNullable(report.rules().get(id)))
                .flatMap(Optional::stream)
                .allMatch(rule -> rule.status() == Status.PASS);
    }

    private interface Cell {
        String of(StoredReport report, String row);
    }

    private Map<String, List<String>> rows(Function<StoredReport, Collection<String>> names, Cell cell) {
        Set<String> all = new LinkedHashSet<>();
        reports.forEach(report -> all.addAll(names.apply(report)));
        Map<String, List<String>> rows = new LinkedHashMap<>();
        all.forEach(name -> rows.put(
                name, reports.stream().map(report -> cell.of(report, name)).toList()));
        return rows;
    }

    private static String counts(List<StoredRule> rules) {
        return Arrays.stream(Status.values())
                .map(status -> {
                    long count = rules.stream()
                            .filter(rule -> rule.status() == status)
                            .count();
                    return count == 0 ? "" : count + " " + status.words();
                })
                .filter(count -> !count.isEmpty())
                .collect(Collectors.joining(", "));
    }

    /** Rows as a table. Texts of reports are untrusted, and are escaped. */
    public String markdown(String corner, Map<String, List<String>> rows) {
        List<String> head = new ArrayList<>(List.of(corner));
        columns().forEach(column -> head.add(Markdown.text(column)));
        Markdown.Table table = new Markdown.Table(head);
        rows.forEach((name, values) -> {
            List<String> cells = new ArrayList<>(List.of(Markdown.text(name)));
            values.forEach(value -> cells.add(value.isEmpty() ? ABSENT : Markdown.text(value)));
            table.row(cells);
        });
        return table.toString();
    }

    /** The sentence of a rule, from the first report that has it. */
    public String sentence(String id) {
        return reports.stream()
                .map(report -> Optional.ofNullable(report.rules().get(id)))
                .flatMap(Optional::stream)
                .findFirst()
                .map(StoredRule::sentence)
                .orElse("");
    }
}

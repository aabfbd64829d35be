package io.headwater.tck.report;

import io.headwater.tck.GroupResult;
import io.headwater.tck.RuleResult;
import io.headwater.tck.Status;
import io.headwater.tck.TckReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A report for a page beside the code: what was tested, the counts of each group, and every rule that did not simply pass. */
final class MarkdownReport {
    private final TckReport report;
    private final StringBuilder text = new StringBuilder();

    private MarkdownReport(TckReport report) {
        this.report = report;
    }

    static String of(TckReport report) {
        return new MarkdownReport(report).text();
    }

    private String text() {
        paragraph("# Conformance of " + Markdown.code(report.store().backend()));
        paragraph("**" + Facts.verdict(report) + ".** " + report.counts() + ".");
        report.store().configuration().ifPresent(url -> paragraph("Store: " + Markdown.code(url)));
        report.fixtureProblem()
                .ifPresent(
                        problem -> paragraph("The set-up is wrong, so no rule was run:\n\n" + Markdown.block(problem)));
        facts(Facts.notTried(report), List.of("not tried", "rules"));
        facts(Facts.notAsDeclared(report), List.of("not as declared", "seen by"));
        facts(Facts.ofRun(report), List.of("run", ""));
        facts(Facts.ofStore(report), List.of("store", ""));
        groups();
        for (Status status : List.of(Status.FAIL, Status.WAIVED, Status.NOT_RUN, Status.NA_PROVEN)) {
            results(status);
        }
        return text.toString();
    }

    private void paragraph(String paragraph) {
        text.append(paragraph).append("\n\n");
    }

    private void facts(Map<String, String> facts, List<String> head) {
        if (facts.isEmpty()) {
            return;
        }
        Markdown.Table table = new Markdown.Table(head);
        facts.forEach((name, value) -> table.row(List.of(name, Markdown.text(value))));
        paragraph(table.toString());
    }

    private void groups() {
        List<String> head = new ArrayList<>(List.of("group", "rules"));
        for (Status status : Status.values()) {
            head.add(status.words());
        }
        Markdown.Table table = new Markdown.Table(head);
        for (GroupResult group : report.groups()) {
            List<String> cells = new ArrayList<>(
                    List.of(group.name(), Integer.toString(group.results().size())));
            for (Status status : Status.values()) {
                cells.add(count(group, status));
            }
            table.row(cells);
        }
        paragraph("## Groups\n\n" + table);
    }

    private static String count(GroupResult group, Status status) {
        long count = group.results().stream()
                .filter(result -> result.status() == status)
                .count();
        return count == 0 ? "" : Long.toString(count);
    }

    private void results(Status status) {
        List<RuleResult> results = report.with(status);
        if (results.isEmpty()) {
            return;
        }
        String words = status.words();
        paragraph("## " + words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1));
        for (RuleResult result : results) {
            paragraph("**%s** (%s) %s"
                    .formatted(
                            result.rule().id(),
                            result.rule().level(),
                            Markdown.text(result.rule().sentence())));
            paragraph(Markdown.block(result.details()));
        }
    }
}

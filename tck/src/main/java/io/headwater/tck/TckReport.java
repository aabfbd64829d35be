package io.headwater.tck;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The result of a run. {@link io.headwater.tck.report.ReportFormat} writes it to a file.
 *
 * @param store what was tested
 * @param run how and when it was tested
 * @param fixtureProblem what is wrong with the set-up; if this is present, no rule was run
 * @param groups the results, in the order of the run
 * @param leftOut the number of rules of the catalogue that were not selected
 */
public record TckReport(
        TestedStore store, TckRun run, Optional<String> fixtureProblem, List<GroupResult> groups, int leftOut) {
    public TckReport {
        groups = List.copyOf(groups);
    }

    /** The results of all rules, in the order of the run. */
    public List<RuleResult> results() {
        return groups.stream().flatMap(group -> group.results().stream()).toList();
    }

    /** The results with this status. */
    public List<RuleResult> with(Status status) {
        return results().stream().filter(result -> result.is(status)).toList();
    }

    /** Whether the store conforms to the contract: nothing failed, and every rule of the catalogue was run. */
    public boolean provesConformance() {
        return with(Status.FAIL).isEmpty() && with(Status.NOT_RUN).isEmpty() && leftOut == 0;
    }

    /** What the store declares and does not have, with the rules that showed it, in the order of the run. */
    public Map<String, List<RuleResult>> falseDeclarations() {
        Map<String, List<RuleResult>> found = new LinkedHashMap<>();
        for (RuleResult result : results()) {
            for (String name : result.falseDeclarations().keySet()) {
                found.computeIfAbsent(name, first -> new ArrayList<>()).add(result);
            }
        }
        return found;
    }

    /** A text for the console: every rule that did not pass, false declarations, and the counts. */
    public String text() {
        String details = results().stream()
                .filter(result -> !result.is(Status.PASS))
                .map(TckReport::line)
                .collect(Collectors.joining());
        return "%s%s%s%n".formatted(details, notAsDeclared(), summary());
    }

    private String notAsDeclared() {
        return falseDeclarations().entrySet().stream()
                .map(found -> "not as declared: %s (%s)%n"
                        .formatted(
                                found.getKey(),
                                found.getValue().stream()
                                        .map(result -> result.rule().id())
                                        .collect(Collectors.joining(", "))))
                .collect(Collectors.joining());
    }

    /** One line: backend, counts and seed. */
    public String summary() {
        return "%s: %s (seed %s)".formatted(store.backend(), counts(), run.seed());
    }

    private static String line(RuleResult result) {
        return "%-11s %s%n            %s%n"
                .formatted(
                        result.status().words().toUpperCase(Locale.ROOT),
                        result.rule().title(),
                        result.details().replace("\n", "\n            "));
    }

    /** The number of rules by status: passed and failed always, others if there are any. */
    public String counts() {
        return Arrays.stream(Status.values())
                .filter(status -> status == Status.PASS
                        || status == Status.FAIL
                        || !with(status).isEmpty())
                .map(status -> with(status).size() + " " + status.words())
                .collect(Collectors.joining(", "));
    }
}

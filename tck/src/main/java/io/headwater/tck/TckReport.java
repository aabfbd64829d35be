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
 * What became of all rules of a run. {@link io.headwater.tck.report.ReportFormat} makes files of it.
 *
 * @param store what was tested
 * @param run how and when
 * @param fixtureProblem what is wrong with the set-up, if something is; no rule was run then
 * @param groups the results, in the order of the run
 * @param leftOut how many rules of the catalogue are not in the report, as they were not chosen
 */
public record TckReport(
        TestedStore store, TckRun run, Optional<String> fixtureProblem, List<GroupResult> groups, int leftOut) {
    public TckReport {
        groups = List.copyOf(groups);
    }

    /** One for each rule, in the order of the run. */
    public List<RuleResult> results() {
        return groups.stream().flatMap(group -> group.results().stream()).toList();
    }

    /** The results with this status. */
    public List<RuleResult> with(Status status) {
        return results().stream().filter(result -> result.is(status)).toList();
    }

    /** Whether the store may be called conformant: nothing failed, and every rule of the catalogue was tried. */
    public boolean provesConformance() {
        return with(Status.FAIL).isEmpty() && with(Status.NOT_RUN).isEmpty() && leftOut == 0;
    }

    /** What the store declares of itself and was seen not to be, with the rules that saw it, in the order of the run. */
    public Map<String, List<RuleResult>> falseDeclarations() {
        Map<String, List<RuleResult>> found = new LinkedHashMap<>();
        for (RuleResult result : results()) {
            for (String name : result.falseDeclarations().keySet()) {
                found.computeIfAbsent(name, first -> new ArrayList<>()).add(result);
            }
        }
        return found;
    }

    /** For a console: every rule that did not simply pass, what is not as it is declared, and the counts. */
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

    /** One line: the backend, the counts and the seed. */
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

    /** How many rules ended how: passed and failed always, the others when there are any. */
    public String counts() {
        return Arrays.stream(Status.values())
                .filter(status -> status == Status.PASS
                        || status == Status.FAIL
                        || !with(status).isEmpty())
                .map(status -> with(status).size() + " " + status.words())
                .collect(Collectors.joining(", "));
    }
}

package io.headwater.tck;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What became of all rules of a run.
 *
 * @param backend the name of the backend
 * @param seed repeats the run
 * @param fixtureProblem what is wrong with the set-up, if something is; no rule was run then
 * @param results one for each rule, in the order of the run
 */
public record TckReport(String backend, long seed, Optional<String> fixtureProblem, List<RuleResult> results) {
    public TckReport {
        results = List.copyOf(results);
    }

    /** The results with this status. */
    public List<RuleResult> with(Status status) {
        return results.stream().filter(result -> result.is(status)).toList();
    }

    /** Whether the store may be called conformant: nothing failed, and every rule was tried. */
    public boolean provesConformance() {
        return with(Status.FAIL).isEmpty() && with(Status.NOT_RUN).isEmpty();
    }

    /** For a console: every rule that did not simply pass, and the counts. */
    public String text() {
        String details = results.stream()
                .filter(result -> !result.is(Status.PASS))
                .map(TckReport::line)
                .collect(Collectors.joining());
        return "%s%s%n".formatted(details, summary());
    }

    /** One line: the backend, the counts and the seed. */
    public String summary() {
        return "%s: %s (seed %d)".formatted(backend, counts(), seed);
    }

    private static String line(RuleResult result) {
        return "%-11s %s%n            %s%n"
                .formatted(
                        result.status().words().toUpperCase(Locale.ROOT),
                        result.rule().title(),
                        result.message().replace("\n", "\n            "));
    }

    /** Passed and failed always; the others when there are any. */
    private String counts() {
        return Arrays.stream(Status.values())
                .filter(status -> status == Status.PASS
                        || status == Status.FAIL
                        || !with(status).isEmpty())
                .map(status -> with(status).size() + " " + status.words())
                .collect(Collectors.joining(", "));
    }
}

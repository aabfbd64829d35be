package io.headwater.tck;

import java.time.Duration;
import java.util.List;

/**
 * The results of one group of rules.
 *
 * @param name the name of the group, such as {@code append}
 * @param results in the order of the run
 */
public record GroupResult(String name, List<RuleResult> results) {
    public GroupResult {
        results = List.copyOf(results);
    }

    /** How long its rules took together. */
    public Duration took() {
        return results.stream().map(RuleResult::took).reduce(Duration.ZERO, Duration::plus);
    }
}

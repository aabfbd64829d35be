package io.headwater.tck;

import java.util.List;

/**
 * What became of the rules of one area.
 *
 * @param name of the area, as {@code append}
 * @param results in the order of the run
 */
public record GroupResult(String name, List<RuleResult> results) {
    public GroupResult {
        results = List.copyOf(results);
    }
}

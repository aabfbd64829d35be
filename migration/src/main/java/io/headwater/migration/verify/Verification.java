package io.headwater.migration.verify;

import io.headwater.migration.verify.Difference.Kind;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * The result of a comparison.
 *
 * @param depth how thoroughly the stores were compared
 * @param complete false if it ended early: it was asked to, or there were too many differences
 * @param compared how many categories, streams or events were compared
 * @param counts how many differences of each kind there are
 * @param differences the first of them, at most 1,000
 * @param time how long it took
 */
public record Verification(
        Depth depth,
        boolean complete,
        long compared,
        Map<Kind, Long> counts,
        List<Difference> differences,
        Duration time) {
    public Verification {
        counts = Map.copyOf(counts);
        differences = List.copyOf(differences);
    }

    /** Whether everything was compared, and nothing differs. */
    public boolean isEqual() {
        return complete && counts.isEmpty();
    }

    /** How many differences there are. */
    public long total() {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    /**
     * Returns this if the stores are equal.
     *
     * @throws StoresDiffer if not, or if the comparison is not complete
     */
    public Verification orThrow() {
        if (!isEqual()) {
            throw new StoresDiffer(this);
        }
        return this;
    }
}

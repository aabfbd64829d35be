package io.headwater.tck.fuzz;

import java.util.Optional;

/**
 * What came of a run of random scripts, which ends at the first that goes wrong.
 *
 * @param seed of the first script; each further one has the next
 * @param scripts how many were run
 * @param statistics what was met on the way
 * @param failure what went wrong, if something did
 */
public record FuzzReport(long seed, int scripts, Statistics statistics, Optional<FuzzFailure> failure) {

    /** Whether every answer was right. */
    public boolean passed() {
        return failure.isEmpty();
    }

    /** How many calls were compared. */
    public long steps() {
        return statistics.counts().values().stream()
                .mapToLong(Integer::longValue)
                .sum();
    }

    /** For a console: the failure, if there is one, and a line that sums up. */
    public String text() {
        String ending = failure.map(found -> "a difference, repeat with seed " + found.seed())
                .orElse("no difference");
        String summary = "%s scripts, %s steps, seed %s: %s%n".formatted(scripts, steps(), seed, ending);
        return failure.map(FuzzFailure::text).orElse("") + summary;
    }
}

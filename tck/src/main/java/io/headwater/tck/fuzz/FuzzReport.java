package io.headwater.tck.fuzz;

import java.util.Optional;

/**
 * The result of a run of random scripts, which ends at the first difference.
 *
 * @param seed the seed of the first script; each further script has the next one
 * @param scripts the number of scripts that were run
 * @param statistics the calls that were made, and their outcomes
 * @param failure the script with a difference; empty if there is none
 */
public record FuzzReport(long seed, int scripts, Statistics statistics, Optional<FuzzFailure> failure) {

    /** Returns whether there was no difference. */
    public boolean passed() {
        return failure.isEmpty();
    }

    /** Returns the number of calls that were compared. */
    public long steps() {
        return statistics.counts().values().stream()
                .mapToLong(Integer::longValue)
                .sum();
    }

    /** Returns the text for a console: the failure, if there is one, and a line with a summary. */
    public String text() {
        String ending = failure.map(found -> "a difference, repeat with seed " + found.seed())
                .orElse("no difference");
        String summary = "%s scripts, %s steps, seed %s: %s%n".formatted(scripts, steps(), seed, ending);
        return failure.map(FuzzFailure::text).orElse("") + summary;
    }
}

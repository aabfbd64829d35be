package io.headwater.verification.generated;

import java.time.Duration;

/**
 * The result of a mutant.
 *
 * @param mutant which
 * @param killer id of the rule that failed, or what else was noticed; empty for a survivor
 * @param message what the rule said, in one line
 * @param time how long it took
 */
record Verdict(Generated mutant, String killer, String message, Duration time) {

    boolean survived() {
        return killer.isEmpty();
    }
}

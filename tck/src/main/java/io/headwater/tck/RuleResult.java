package io.headwater.tck;

import io.headwater.tck.rule.Rule;
import java.time.Duration;

/**
 * What became of one rule.
 *
 * @param rule which
 * @param status how it ended
 * @param message why, with everything needed to see what happened; empty when it passed
 * @param took how long it ran
 */
public record RuleResult(Rule rule, Status status, String message, Duration took) {

    boolean is(Status wanted) {
        return status == wanted;
    }
}

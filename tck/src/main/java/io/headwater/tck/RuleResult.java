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

    /** One text for a report of one rule: which, how it ended, and why; the first line says the most. */
    public String text() {
        String ending = message.isEmpty() ? status.words() : status.words() + ": " + message;
        return "%s (%s) %s: %s".formatted(rule.id(), rule.level(), rule.sentence(), ending);
    }

    boolean is(Status wanted) {
        return status == wanted;
    }
}

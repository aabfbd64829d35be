package io.headwater.tck.rule;

import java.time.Duration;

/**
 * A call of a store, in words. Its texts hold what a check and a store made up: they are not fit for a terminal or a page as
 * they are.
 *
 * @param number counts the calls of the run, from 1, in the order in which they began
 * @param store which of the check's stores was called, by its number
 * @param name of the operation, as {@code append}
 * @param arguments of the call
 * @param begun after the run of the check began
 * @param ended after the run of the check began; when it was looked at, for a call that has not returned
 * @param outcome what it returned or threw, or that it has not returned
 * @param threw whether it threw
 */
public record Operation(
        long number,
        String store,
        String name,
        String arguments,
        Duration begun,
        Duration ended,
        String outcome,
        boolean threw) {

    /** One line. */
    public String text() {
        return "%4s %s %s %s -> %s%s".formatted(number, store, name, arguments, threw ? "throws " : "", outcome);
    }
}

package io.headwater.tck.rule;

import java.time.Duration;

/**
 * A call of a store as text. The texts contain what a check and a store supplied, so escape them before they are printed on
 * a terminal or a page.
 *
 * @param number the number of the call, from 1, in the order in which calls began
 * @param store the number of the store that was called, among those of the check
 * @param name the name of the operation, such as {@code append}
 * @param arguments the arguments of the call
 * @param begun when it began, after the start of the check
 * @param ended when it ended, after the start of the check; when it was read, for a call that has not returned
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

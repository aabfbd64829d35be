package io.headwater.tck.fuzz;

/**
 * A script whose answers are wrong.
 *
 * @param seed of the script: a run with this seed begins with it
 * @param script the smallest one that was found to go wrong, a line for each step
 * @param expected what should have been answered to its last step
 * @param actual what was
 * @param originalSteps of the script before it was made smaller
 */
public record FuzzFailure(long seed, String script, String expected, String actual, int originalSteps) {

    static FuzzFailure of(long seed, Script original, Script smallest, Difference difference) {
        return new FuzzFailure(
                seed,
                smallest.code(),
                difference.expected().differingFrom(difference.actual()),
                difference.actual().differingFrom(difference.expected()),
                original.steps().size());
    }

    /** For a reader: the script and both answers. */
    public String text() {
        return "%s%n      expected  %s%n      actual    %s%n  smallest of %s steps, @ and ^ stand for a name of the run's own%n"
                .formatted(script.indent(2).stripTrailing(), expected, actual, originalSteps);
    }
}

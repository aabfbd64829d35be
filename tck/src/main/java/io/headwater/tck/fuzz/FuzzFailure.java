package io.headwater.tck.fuzz;

/**
 * A script with a wrong answer.
 *
 * @param seed the seed of the script: a run with this seed begins with it
 * @param script the smallest script that was found to show a difference, one line for each step
 * @param expected the expected answer to its last step
 * @param actual the actual answer
 * @param originalSteps the number of steps of the script before it was reduced
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

    /** Returns the script and both answers, as text. */
    public String text() {
        return "%s%n      expected  %s%n      actual    %s%n  reduced from %s steps; @ and ^ stand for the name of the run%n"
                .formatted(script.indent(2).stripTrailing(), expected, actual, originalSteps);
    }
}

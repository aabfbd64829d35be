package io.headwater.tck.fuzz;

import java.util.function.UnaryOperator;

/**
 * Where two subjects parted.
 *
 * @param index of the step that they answered differently
 * @param expected what the model, or the first store, answered
 * @param actual what the store, or the second one, answered
 */
record Difference(int index, Answer expected, Answer actual) {

    /** What goes wrong before any step, or beside them. */
    static Difference atStart(String complaint) {
        return new Difference(0, Answer.of("a store"), Answer.broken(complaint));
    }

    /** The same about other names. */
    Difference renamed(UnaryOperator<String> change) {
        return new Difference(index, expected.renamed(change), actual.renamed(change));
    }
}

package io.headwater.tck.fuzz;

import java.util.function.UnaryOperator;

/**
 * The first step that two subjects answer differently.
 *
 * @param index the index of the step
 * @param expected the answer of the model, or of the first store
 * @param actual the answer of the store, or of the second one
 */
record Difference(int index, Answer expected, Answer actual) {

    /** Returns a failure that happened before the first step, or outside of the steps. */
    static Difference atStart(String complaint) {
        return new Difference(0, Answer.of("a store"), Answer.broken(complaint));
    }

    /** Returns this difference with other names. */
    Difference renamed(UnaryOperator<String> change) {
        return new Difference(index, expected.renamed(change), actual.renamed(change));
    }
}

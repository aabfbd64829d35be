package io.headwater.tck.fuzz;

import java.util.List;
import java.util.function.UnaryOperator;

/**
 * The answer to a step, in a form that can be compared between two stores: without positions, epochs and times, which
 * each store chooses.
 *
 * @param outcome the kind of answer, such as {@code replayed}; counted by {@link Statistics}
 * @param details the contents of the answer, in order
 * @param broken whether the answer is wrong for every store
 */
record Answer(String outcome, List<String> details, boolean broken) {
    private static final int SHOWN = 12;

    static Answer of(String outcome, String... details) {
        return new Answer(outcome, List.of(details), false);
    }

    static Answer of(String outcome, List<String> details) {
        return new Answer(outcome, List.copyOf(details), false);
    }

    /** Returns the answer with the contents of a list; an empty list has an outcome of its own. */
    static Answer list(List<String> details) {
        return of(details.isEmpty() ? "nothing" : "some", details);
    }

    /** Returns an answer that is wrong for every store. */
    static Answer broken(String complaint) {
        return new Answer("broken", List.of(complaint), true);
    }

    /** Returns this answer with other names. */
    Answer renamed(UnaryOperator<String> change) {
        return new Answer(outcome, details.stream().map(change).toList(), broken);
    }

    boolean agreesWith(Answer other) {
        return !broken && equals(other);
    }

    /** Returns the text for a report: all of the answer, or the part around the first difference from the other. */
    String differingFrom(Answer other) {
        int same = 0;
        while (same < Math.min(details.size(), other.details.size())
                && details.get(same).equals(other.details.get(same))) {
            same++;
        }
        int from = details.size() <= SHOWN ? 0 : Math.max(0, same - 1);
        List<String> shown = details.subList(from, Math.min(details.size(), from + SHOWN));
        String skipped = from == 0 ? "" : "… " + from + " the same, ";
        String rest = from + SHOWN < details.size() ? ", …" : "";
        return shown.isEmpty() ? outcome : outcome + ": " + skipped + String.join(", ", shown) + rest;
    }
}

package io.headwater.tck.fuzz;

import java.util.List;
import java.util.function.UnaryOperator;

/**
 * What came of a step, put so that answers of two stores can be compared: without positions, epochs and times, which every
 * store is free to choose.
 *
 * @param outcome the kind of answer, such as {@code replayed}; counted by {@link Statistics}
 * @param details what the answer holds, in its order
 * @param broken whether no store may ever answer so, whatever another one answers
 */
record Answer(String outcome, List<String> details, boolean broken) {
    private static final int SHOWN = 12;

    static Answer of(String outcome, String... details) {
        return new Answer(outcome, List.of(details), false);
    }

    static Answer of(String outcome, List<String> details) {
        return new Answer(outcome, List.copyOf(details), false);
    }

    /** What a list holds; that it is empty is an outcome of its own. */
    static Answer list(List<String> details) {
        return of(details.isEmpty() ? "nothing" : "some", details);
    }

    /** An answer that is wrong in itself. */
    static Answer broken(String complaint) {
        return new Answer("broken", List.of(complaint), true);
    }

    /** The same answer about other names. */
    Answer renamed(UnaryOperator<String> change) {
        return new Answer(outcome, details.stream().map(change).toList(), broken);
    }

    boolean agreesWith(Answer other) {
        return !broken && equals(other);
    }

    /** For a report: all of it, or the part around the place where it parts from the other. */
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

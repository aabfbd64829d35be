package io.headwater.tck.fuzz;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * A sequence of calls of a store.
 *
 * @param steps the calls, in order
 */
record Script(List<Step> steps) {
    Script {
        steps = List.copyOf(steps);
    }

    Script renamed(Naming naming) {
        return new Script(steps.stream().map(step -> step.renamed(naming)).toList());
    }

    /** Returns the names of streams, categories and subscriptions, and prefixes of them. */
    Set<String> names() {
        Set<String> names = new HashSet<>();
        renamed(new Naming(
                name -> {
                    names.add(name);
                    return name;
                },
                UnaryOperator.identity()));
        return names;
    }

    /** Returns a script with the first steps, up to this number. */
    Script upTo(int count) {
        return new Script(steps.subList(0, count));
    }

    Script without(int from, int count) {
        List<Step> rest = new ArrayList<>(steps);
        rest.subList(from, Math.min(steps.size(), from + count)).clear();
        return new Script(rest);
    }

    Script with(int index, Step other) {
        List<Step> changed = new ArrayList<>(steps);
        changed.set(index, other);
        return new Script(changed);
    }

    /** Returns the text of the script, one line for each step. */
    String code() {
        return steps.stream().map(step -> step.code() + ";").collect(Collectors.joining("\n"));
    }
}

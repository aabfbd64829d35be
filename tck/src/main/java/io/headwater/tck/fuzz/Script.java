package io.headwater.tck.fuzz;

import io.headwater.StreamId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
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

    /** As {@link #without}, and what comes after expects lower versions of the streams that were written there. */
    Script withoutWritten(int from, int count) {
        List<Step> left = steps.subList(from, Math.min(steps.size(), from + count));
        return without(from, count).lowered(from, written(left));
    }

    /** As {@link #with}, and what comes after expects lower versions of the streams to which less is written. */
    Script withLess(int index, Step other) {
        Map<StreamId, Integer> fewer = written(steps.subList(index, index + 1));
        written(List.of(other)).forEach((stream, count) -> fewer.merge(stream, -count, Integer::sum));
        return with(index, other).lowered(index + 1, fewer);
    }

    /** Events by stream. */
    private static Map<StreamId, Integer> written(List<Step> steps) {
        Map<StreamId, Integer> written = new HashMap<>();
        steps.stream()
                .flatMap(step -> step.requests().stream())
                .flatMap(request -> request.writes().stream())
                .forEach(write -> written.merge(write.stream(), write.events().size(), Integer::sum));
        return written;
    }

    private Script lowered(int from, Map<StreamId, Integer> fewer) {
        List<Step> changed = new ArrayList<>(steps);
        changed.subList(from, steps.size()).replaceAll(step -> step.lowered(fewer));
        return new Script(changed);
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

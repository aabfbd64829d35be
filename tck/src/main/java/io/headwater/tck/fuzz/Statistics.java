package io.headwater.tck.fuzz;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * How often each kind of call met each kind of answer. A run that never met a replay proves nothing about replays.
 * Thread-safe: a script that hangs may go on when the run is over.
 */
public final class Statistics {
    private final Map<String, Integer> counts = new TreeMap<>();

    Statistics() {}

    synchronized void count(Step step, Answer answer) {
        counts.merge(step.operation() + ": " + answer.outcome(), 1, Integer::sum);
    }

    /** By call and outcome, as {@code append: replayed}, in alphabetical order. */
    public synchronized Map<String, Integer> counts() {
        return Collections.unmodifiableMap(new TreeMap<>(counts));
    }

    /** A line for each. */
    public String text() {
        return counts().entrySet().stream()
                .map(count -> "%8s  %s%n".formatted(count.getValue(), count.getKey()))
                .collect(Collectors.joining());
    }
}

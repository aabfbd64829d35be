package io.headwater.tck.fuzz;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Counts the outcomes of each kind of call. A run without a replay proves nothing about replays. Thread-safe, because a
 * script that hangs may continue after the run has ended.
 */
public final class Statistics {
    private final Map<String, Integer> counts = new TreeMap<>();

    Statistics() {}

    synchronized void count(Step step, Answer answer) {
        counts.merge(step.operation() + ": " + answer.outcome(), 1, Integer::sum);
    }

    /** Returns the counts by call and outcome, such as {@code append: replayed}, in alphabetical order. */
    public synchronized Map<String, Integer> counts() {
        return Collections.unmodifiableMap(new TreeMap<>(counts));
    }

    /** Returns the text, with one line for each count. */
    public String text() {
        return counts().entrySet().stream()
                .map(count -> "%8s  %s%n".formatted(count.getValue(), count.getKey()))
                .collect(Collectors.joining());
    }
}

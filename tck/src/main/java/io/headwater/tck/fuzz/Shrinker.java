package io.headwater.tck.fuzz;

import io.headwater.tck.rule.Deadline.TimedOut;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Reduces a script with a difference for as long as a difference remains: removes steps, simplifies steps, and uses
 * plainer names. The result is deterministic if the stores are. If a store hangs, the reduction ends.
 */
final class Shrinker {
    private static final int MAX_RUNS = 600;

    private final Trial trial;
    private Script script;
    private Difference difference;
    private int runs;

    /** Runs scripts. */
    @FunctionalInterface
    interface Trial {
        /** Runs a script and returns its difference. A run that hangs has none. */
        Optional<Difference> of(Script script) throws TimedOut;
    }

    Shrinker(Trial trial, Script script, Difference difference) {
        this.trial = trial;
        this.script = script;
        this.difference = difference;
        accept(script, difference);
    }

    Script script() {
        return script;
    }

    Difference difference() {
        return difference;
    }

    /** Reduces the script until no change keeps a difference, or the maximum number of runs is reached. */
    Shrinker shrink() {
        boolean progress = true;
        while (progress && runs < MAX_RUNS) {
            int before = script.code().length();
            dropSteps();
            simplifySteps();
            simplifyNames();
            progress = script.code().length() < before;
        }
        return this;
    }

    /** Removes the steps after the difference. */
    private void accept(Script smaller, Difference found) {
        script = smaller.upTo(Math.min(smaller.steps().size(), found.index() + 1));
        difference = found;
    }

    private boolean differs(Script candidate) {
        if (runs >= MAX_RUNS || Thread.currentThread().isInterrupted()) {
            return false;
        }
        runs++;
        try {
            Optional<Difference> found = trial.of(candidate);
            found.ifPresent(there -> accept(candidate, there));
            return found.isPresent();
        } catch (TimedOut late) {
            runs = MAX_RUNS;
            return false;
        }
    }

    private boolean eitherDiffers(Script candidate, Script lowered) {
        return differs(candidate) || (!lowered.equals(candidate) && differs(lowered));
    }

    private void dropSteps() {
        for (int size = Math.max(1, script.steps().size() / 2); size >= 1; size /= 2) {
            for (int from = 0; from < script.steps().size(); ) {
                if (!eitherDiffers(script.without(from, size), script.withoutWritten(from, size))) {
                    from += size;
                }
            }
        }
    }

    private void simplifySteps() {
        for (int i = 0; i < script.steps().size(); ) {
            if (!simplify(i)) {
                i++;
            }
        }
    }

    private boolean simplify(int index) {
        return script.steps().get(index).simpler().stream()
                .anyMatch(simpler -> eitherDiffers(script.with(index, simpler), script.withLess(index, simpler)));
    }

    private void simplifyNames() {
        for (String name : NastyNames.STREAMS) {
            Set<String> used = script.names();
            if (used.contains(name)) {
                differs(script.renamed(Naming.replacing(name, plainName(used))));
            }
        }
    }

    /** Returns an unused name, because two streams must not become the same one. */
    private static String plainName(Set<String> used) {
        return IntStream.iterate(1, number -> number + 1)
                .mapToObj(number -> Naming.RUN + "-" + number)
                .filter(name -> !used.contains(name))
                .findFirst()
                .orElseThrow();
    }
}

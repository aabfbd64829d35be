package io.headwater.tck.fuzz;

import io.headwater.tck.rule.UniqueNames;
import java.util.List;
import java.util.Optional;

/** Compares two subjects, which must give the same answers to every script. */
final class ScriptComparison {
    private final Opponents opponents;
    private volatile int underWay;

    /** Makes the subjects of one run of a script. */
    @FunctionalInterface
    interface Opponents {
        /** Creates the reference and the tested subject. If two stores are compared, either may be the reference. */
        List<Subject> of(String run);
    }

    ScriptComparison(Opponents opponents) {
        this.opponents = opponents;
    }

    /** Runs a script with new names, up to the first step with different answers. */
    Optional<Difference> run(Script script, Statistics statistics) {
        String run = UniqueNames.next() + ".";
        try {
            return compare(opponents.of(run), script.renamed(Naming.ofRun(run)), statistics)
                    .map(difference -> difference.renamed(text -> Naming.inScript(run, text)));
        } catch (RuntimeException | AssertionError e) {
            return Optional.of(Difference.atStart("threw " + e));
        }
    }

    private Optional<Difference> compare(List<Subject> subjects, Script script, Statistics statistics) {
        for (int i = 0; i < script.steps().size(); i++) {
            Step step = script.steps().get(i);
            underWay = i;
            Answer expected = step.on(subjects.get(0));
            Answer actual = step.on(subjects.get(1));
            statistics.count(step, expected);
            if (!expected.agreesWith(actual)) {
                return Optional.of(new Difference(i, expected, actual));
            }
        }
        return Optional.empty();
    }

    /** Returns the index of the step that runs now or ran last. */
    int underWay() {
        return underWay;
    }
}

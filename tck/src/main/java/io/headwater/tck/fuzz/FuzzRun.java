package io.headwater.tck.fuzz;

import io.headwater.tck.rule.Deadline;
import io.headwater.tck.rule.Deadline.TimedOut;
import java.time.Duration;
import java.util.Optional;
import java.util.function.IntConsumer;

/** Runs scripts one after the other, up to the first difference. */
final class FuzzRun {
    private final ScriptComparison contest;
    private final ScriptGenerator generator;
    private final Duration deadline;
    private final Statistics statistics = new Statistics();

    FuzzRun(ScriptComparison contest, ScriptGenerator generator, Duration deadline) {
        this.contest = contest;
        this.generator = generator;
        this.deadline = deadline;
    }

    FuzzReport of(long firstSeed, int scripts, IntConsumer progress) {
        for (int i = 0; i < scripts; i++) {
            long seed = firstSeed + i;
            Optional<FuzzFailure> failure = failure(seed);
            progress.accept(i + 1);
            if (failure.isPresent()) {
                return new FuzzReport(firstSeed, i + 1, statistics, failure);
            }
        }
        return new FuzzReport(firstSeed, scripts, statistics, Optional.empty());
    }

    private Optional<FuzzFailure> failure(long seed) {
        Script script = generator.generate(seed);
        try {
            return difference(script, statistics).map(difference -> shrunk(seed, script, difference));
        } catch (TimedOut late) {
            return Optional.of(hanging(seed, script, late));
        }
    }

    private Optional<Difference> difference(Script script, Statistics counted) throws TimedOut {
        try {
            return Deadline.call(deadline, () -> contest.run(script, counted));
        } catch (TimedOut late) {
            throw late;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return Optional.of(Difference.atStart("the run was interrupted"));
        } catch (Throwable thrown) {
            return Optional.of(Difference.atStart("threw " + thrown));
        }
    }

    private FuzzFailure shrunk(long seed, Script script, Difference difference) {
        Shrinker shrinker = new Shrinker(smaller -> difference(smaller, new Statistics()), script, difference).shrink();
        return FuzzFailure.of(seed, script, shrinker.script(), shrinker.difference());
    }

    /** Returns a script that hangs. It is not reduced, because each run of it would hang for as long. */
    private FuzzFailure hanging(long seed, Script script, TimedOut late) {
        Script begun = script.upTo(contest.underWay() + 1);
        String where = String.valueOf(late.getMessage());
        return new FuzzFailure(
                seed, begun.code(), "an answer", where, script.steps().size());
    }
}

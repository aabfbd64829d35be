package io.headwater.tck.fuzz;

import io.headwater.tck.rule.Deadline;
import io.headwater.tck.rule.Deadline.TimedOut;
import java.time.Duration;
import java.util.Optional;
import java.util.function.IntConsumer;

/** Scripts, one after the other, up to the first that goes wrong. */
final class FuzzRun {
    private final Contest contest;
    private final ScriptGenerator generator;
    private final Duration deadline;
    private final Statistics statistics = new Statistics();

    FuzzRun(Contest contest, ScriptGenerator generator, Duration deadline) {
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
            return Deadline.call(deadline, () -> contest.run(script, statistics))
                    .map(difference -> shrunk(seed, script, difference));
        } catch (TimedOut late) {
            return Optional.of(hanging(seed, script, late));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return Optional.of(unfinished(seed, script, "interrupted"));
        } catch (Throwable thrown) {
            return Optional.of(unfinished(seed, script, "threw " + thrown));
        }
    }

    private FuzzFailure shrunk(long seed, Script script, Difference difference) {
        Shrinker shrinker = new Shrinker(contest, script, difference).shrink();
        return FuzzFailure.of(seed, script, shrinker.script(), shrinker.difference());
    }

    /** Not made smaller: each run of it would hang as long. */
    private FuzzFailure hanging(long seed, Script script, TimedOut late) {
        return unfinished(seed, script.upTo(contest.underWay() + 1), String.valueOf(late.getMessage()));
    }

    private static FuzzFailure unfinished(long seed, Script script, String actual) {
        return new FuzzFailure(
                seed, script.code(), "an answer", actual, script.steps().size());
    }
}

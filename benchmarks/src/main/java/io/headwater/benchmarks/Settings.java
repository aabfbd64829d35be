package io.headwater.benchmarks;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;

/**
 * The settings of the measurements.
 *
 * @param time the duration of one measurement
 * @param warmUps the number of rounds that do not count
 * @param rounds the number of rounds that count
 * @param events the number of events of the log that is read
 * @param batches the numbers of events in one append
 * @param writers the numbers of threads that append
 * @param rate the events per second that are appended while subscriptions are under load
 * @param progress receives the name of each measurement when it begins
 */
record Settings(
        Duration time,
        int warmUps,
        int rounds,
        int events,
        List<Integer> batches,
        List<Integer> writers,
        int rate,
        Consumer<String> progress) {

    Settings {
        if (time.isZero() || time.isNegative() || rounds < 1 || events < 1) {
            throw new IllegalArgumentException("seconds, rounds and events must be positive");
        }
        if (Collections.min(batches) < 1 || Collections.min(writers) < 1 || rate < 1) {
            throw new IllegalArgumentException("batches, writers and rate must be positive");
        }
    }

    /** The action of a round. */
    interface Round {
        /** The first rounds only warm up and do not count. */
        void run(boolean counts) throws Exception;
    }

    /** Runs all rounds, one after the other. */
    void inRounds(String title, Round round) throws Exception {
        for (int number = 1 - warmUps; number <= rounds; number++) {
            progress.accept(title + ", " + (number < 1 ? "warm-up" : "round " + number));
            round.run(number >= 1);
        }
    }

    /** The seed of all random values, so that each run does the same. */
    static final long SEED = 20_260_101;
}

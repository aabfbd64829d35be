package io.headwater.benchmarks;

import java.time.Duration;

/**
 * Somebody whose speed is measured, several times.
 *
 * @param name unique within a contest
 */
record Contestant(String name, Run run) {

    /** One measurement. */
    interface Run {
        /** Works for about this long and returns the events per second. */
        double measure(Duration time) throws Exception;
    }
}

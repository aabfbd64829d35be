package io.headwater.benchmarks;

import java.time.Duration;

/**
 * A variant that is measured several times, as a candidate or as a baseline.
 *
 * @param name unique within a comparison
 */
record Variant(String name, Run run) {

    /** One measurement. */
    interface Run {
        /** Runs for about this long and returns the events per second. */
        double measure(Duration time) throws Exception;
    }
}

package io.headwater.tck;

import java.time.Duration;
import java.time.Instant;

/**
 * How and when a run was made.
 *
 * @param headwater the version of the TCK; {@code development} if it does not run from its jar
 * @param java the version of Java
 * @param profile how often repeated rules were run
 * @param seed repeats the run
 * @param started when it began
 * @param took how long it took
 */
public record TckRun(
        String headwater,
        String java,
        Profile profile,
        long seed,
        boolean virtualThreads,
        Instant started,
        Duration took) {}

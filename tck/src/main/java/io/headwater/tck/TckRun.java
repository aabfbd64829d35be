package io.headwater.tck;

import java.time.Duration;
import java.time.Instant;

/**
 * The circumstances of a run.
 *
 * @param headwater the version of the TCK; {@code development} when it does not run from its jar
 * @param java the version of Java
 * @param profile how often repeated rules were run
 * @param seed repeats the run
 * @param started when
 * @param took how long
 */
public record TckRun(
        String headwater,
        String java,
        Profile profile,
        long seed,
        boolean virtualThreads,
        Instant started,
        Duration took) {}

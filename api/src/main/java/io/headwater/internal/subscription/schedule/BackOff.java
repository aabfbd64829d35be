package io.headwater.internal.subscription.schedule;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Delays that double with each retry. Each is varied by up to a fifth, so that processes that failed together do not retry
 * together.
 */
public final class BackOff {
    private static final double VARIATION = 0.2;

    private BackOff() {}

    /** Returns the delay before a retry in nanoseconds. The first retry has the number 1. */
    public static long nanos(Duration first, Duration longest, int retry) {
        double doubled = (double) first.toNanos() * Math.pow(2, Math.min(retry - 1, 62));
        double bounded = Math.min(doubled, (double) longest.toNanos());
        return (long) (bounded * ThreadLocalRandom.current().nextDouble(1 - VARIATION, 1 + VARIATION));
    }
}

package io.headwater.internal.subscription.schedule;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** Waits that double, each varied by up to a fifth so that many who failed together do not come back together. */
public final class BackOff {
    private static final double VARIATION = 0.2;

    private BackOff() {}

    /** Nanoseconds to wait before the retry of this number, from 1. */
    public static long nanos(Duration first, Duration longest, int retry) {
        double doubled = (double) first.toNanos() * Math.pow(2, Math.min(retry - 1, 62));
        double bounded = Math.min(doubled, (double) longest.toNanos());
        return (long) (bounded * ThreadLocalRandom.current().nextDouble(1 - VARIATION, 1 + VARIATION));
    }
}

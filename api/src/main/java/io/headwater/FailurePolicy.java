package io.headwater;

import java.time.Duration;

/**
 * What to do when a handler throws (S4): call it again some times, waiting longer each time, and then stop, skip the
 * event, or park it. The default of a subscription is {@code retry(3)}, which then stops. Whatever was chosen, it stops
 * at an error that no event is to blame for, such as a lack of memory or a class that cannot be linked.
 *
 * @param retries how often the handler is called again for an event; {@link #FOREVER} for no limit
 * @param firstDelay how long before the first of these calls
 * @param longestDelay the delay doubles up to this; each is varied at random by up to a fifth
 * @param then what to do when the last one failed
 */
public record FailurePolicy(int retries, Duration firstDelay, Duration longestDelay, Then then) {
    /** No limit of retries. */
    public static final int FOREVER = Integer.MAX_VALUE;

    private static final Duration FIRST_DELAY = Duration.ofMillis(100);
    private static final Duration LONGEST_DELAY = Duration.ofSeconds(30);

    /** What to do with an event that its handler cannot handle. */
    public enum Then {
        /** End the subscription; {@link Subscription#completion()} says why. */
        STOP,
        /** Go on with the next event, with a warning in the log. */
        SKIP,
        /**
         * Put it aside, and later events of its stream with it, to be replayed or dropped with {@link Subscriptions}.
         * Needs a durable subscription. One that has 10,000 events parked stops: then it is not the events that are
         * broken.
         */
        PARK
    }

    public FailurePolicy {
        ArgumentChecks.that(retries >= 0, () -> "number of retries " + retries + " is negative");
        ArgumentChecks.duration(firstDelay, "delay before the first retry");
        ArgumentChecks.duration(longestDelay, "longest delay of a retry");
        ArgumentChecks.notNull(then, "what to do then");
    }

    /** Calls the handler again this number of times, and then stops, unless another action is chosen. */
    public static FailurePolicy retry(int times) {
        return new FailurePolicy(times, FIRST_DELAY, LONGEST_DELAY, Then.STOP);
    }

    /** Calls the handler again until it succeeds. */
    public static FailurePolicy retryForever() {
        return retry(FOREVER);
    }

    /** Stops at the first failure. */
    public static FailurePolicy stop() {
        return retry(0);
    }

    /** Skips at the first failure. */
    public static FailurePolicy skip() {
        return retry(0).thenSkip();
    }

    /** Parks at the first failure. */
    public static FailurePolicy park() {
        return retry(0).thenPark();
    }

    /** A copy that then skips the event. */
    public FailurePolicy thenSkip() {
        return new FailurePolicy(retries, firstDelay, longestDelay, Then.SKIP);
    }

    /** A copy that then parks the event. */
    public FailurePolicy thenPark() {
        return new FailurePolicy(retries, firstDelay, longestDelay, Then.PARK);
    }

    /** A copy that waits this long before the first retry, and no longer than that before any. */
    public FailurePolicy backOff(Duration first, Duration longest) {
        return new FailurePolicy(retries, first, longest, then);
    }
}

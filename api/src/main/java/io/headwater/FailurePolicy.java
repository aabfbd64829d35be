package io.headwater;

import java.time.Duration;

/**
 * What to do when a handler throws (S4): call it again a number of times, with a growing delay, and then stop, skip the
 * event or park it. The default of a subscription is {@code retry(3)}, which then stops. Errors that do not come from an
 * event, such as an {@link OutOfMemoryError} or a {@link LinkageError}, stop the subscription in any case. Immutable.
 *
 * @param retries how often the handler is called again for an event; {@link #FOREVER} for no limit
 * @param firstDelay the delay before the first retry
 * @param longestDelay the maximum delay. The delay doubles up to it, and is varied at random by up to a fifth
 * @param then what to do after the last retry failed
 */
public record FailurePolicy(int retries, Duration firstDelay, Duration longestDelay, Then then) {
    /** No limit of retries. */
    public static final int FOREVER = Integer.MAX_VALUE;

    private static final Duration FIRST_DELAY = Duration.ofMillis(100);
    private static final Duration LONGEST_DELAY = Duration.ofSeconds(30);

    /** What to do with an event that could not be handled. */
    public enum Then {
        /** Ends the subscription. {@link Subscription#completion()} has the reason. */
        STOP,
        /** Continues with the next event, and logs a warning. */
        SKIP,
        /**
         * Puts the event aside, and later events of its stream with it. {@link Subscriptions} replays or drops them. Needs a
         * durable subscription. A subscription that has 10,000 parked events stops, because the fault is then not in the
         * events.
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

    /** Stops after the first failure. */
    public static FailurePolicy stop() {
        return retry(0);
    }

    /** Skips the event after the first failure. */
    public static FailurePolicy skip() {
        return retry(0).thenSkip();
    }

    /** Parks the event after the first failure. */
    public static FailurePolicy park() {
        return retry(0).thenPark();
    }

    /** A copy that skips the event after the last retry. */
    public FailurePolicy thenSkip() {
        return new FailurePolicy(retries, firstDelay, longestDelay, Then.SKIP);
    }

    /** A copy that parks the event after the last retry. */
    public FailurePolicy thenPark() {
        return new FailurePolicy(retries, firstDelay, longestDelay, Then.PARK);
    }

    /** A copy with this delay before the first retry, and this maximum delay. */
    public FailurePolicy backOff(Duration first, Duration longest) {
        return new FailurePolicy(retries, first, longest, then);
    }
}

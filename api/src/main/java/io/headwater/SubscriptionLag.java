package io.headwater;

import java.time.Duration;

/**
 * How far a subscription is behind the end of the log.
 *
 * @param events how many events it has still to handle; counting ends at {@link #MAX_COUNTED}
 * @param age how long ago the first of them was recorded, by this process's clock; zero if there is none
 */
public record SubscriptionLag(long events, Duration age) {
    /** Counting is reading: a longer lag is not counted to its end. */
    public static final long MAX_COUNTED = 10_000;

    /** Whether there may be more events than were counted. */
    public boolean isAtLeast() {
        return events >= MAX_COUNTED;
    }

    /** Nothing to handle. */
    public boolean isNone() {
        return events == 0;
    }
}

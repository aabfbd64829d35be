package io.headwater;

import java.time.Duration;

/**
 * How far a subscription is behind the end of the log.
 *
 * @param events the number of events that it still has to handle, counted up to {@link #MAX_COUNTED}
 * @param age how long ago the first of them was recorded, by the clock of this process; zero if there is none
 */
public record SubscriptionLag(long events, Duration age) {
    /** The maximum number of events that are counted, as counting reads them. */
    public static final long MAX_COUNTED = 10_000;

    /** Whether there may be more events than were counted. */
    public boolean isAtLeast() {
        return events >= MAX_COUNTED;
    }

    /** Whether there is nothing to handle. */
    public boolean isNone() {
        return events == 0;
    }
}

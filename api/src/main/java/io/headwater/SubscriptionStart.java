package io.headwater;

import java.time.Instant;

/** Where a subscription begins that has no checkpoint yet (S1). Made by the methods of {@link SubscriptionOptions}. */
public sealed interface SubscriptionStart {

    /** With the first event there is. */
    record Beginning() implements SubscriptionStart {}

    /** With the first event after a position. */
    record After(Position position) implements SubscriptionStart {
        public After {
            ArgumentChecks.notNull(position, "position");
        }
    }

    /** With the first event of the stream after a version. */
    record AfterVersion(long version) implements SubscriptionStart {
        public AfterVersion {
            ArgumentChecks.that(version >= 0, () -> "version " + version + " to start after is negative");
        }
    }

    /** With the events recorded at a time; some earlier ones may come before (G10). */
    record AtTime(Instant time) implements SubscriptionStart {
        public AtTime {
            ArgumentChecks.notNull(time, "time");
        }
    }

    /** With what is appended after the subscription started. */
    record Now() implements SubscriptionStart {}
}

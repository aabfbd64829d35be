package io.headwater;

import java.time.Instant;

/** Where a subscription without a checkpoint begins (S1). The methods of {@link SubscriptionOptions} create it. */
public sealed interface SubscriptionStart {

    /** With the first event. */
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

    /** With the events recorded at a time or later; some earlier ones may be among them (G10). */
    record AtTime(Instant time) implements SubscriptionStart {
        public AtTime {
            ArgumentChecks.notNull(time, "time");
        }
    }

    /** With the events that are appended after the subscription started. */
    record Now() implements SubscriptionStart {}
}

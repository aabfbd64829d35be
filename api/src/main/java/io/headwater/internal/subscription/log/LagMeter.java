package io.headwater.internal.subscription.log;

import io.headwater.LogPage;
import io.headwater.Position;
import io.headwater.SubscriptionLag;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Counts the events that a subscription has not reached, by reading them. */
public final class LagMeter {
    private static final int PAGE = 1000;

    private LagMeter() {}

    public static SubscriptionLag measure(EventSource source, Position from) {
        long events = 0;
        @Nullable Instant oldest = null;
        Position reached = from;
        boolean more = true;
        while (more && events < SubscriptionLag.MAX_COUNTED) {
            LogPage page = source.read(reached, PAGE);
            events += page.events().size();
            if (oldest == null && !page.events().isEmpty()) {
                oldest = page.events().get(0).recordedAt();
            }
            reached = page.scannedTo();
            more = page.more();
        }
        return new SubscriptionLag(Math.min(events, SubscriptionLag.MAX_COUNTED), age(oldest));
    }

    /** Returns the age of an event, which is never negative, although clocks of processes differ. */
    private static Duration age(@Nullable Instant recordedAt) {
        Duration age = recordedAt == null ? Duration.ZERO : Duration.between(recordedAt, Instant.now());
        return age.isNegative() ? Duration.ZERO : age;
    }
}

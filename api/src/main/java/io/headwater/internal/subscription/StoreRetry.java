package io.headwater.internal.subscription;

import io.headwater.EventStoreException;
import io.headwater.internal.subscription.schedule.BackOff;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** When to use a store again that could not be reached. For the dispatcher's task. */
final class StoreRetry {
    private static final Logger LOG = LoggerFactory.getLogger(StoreRetry.class);
    private static final Duration FIRST = Duration.ofMillis(100);
    private static final Duration MAX = Duration.ofSeconds(10);

    private final String title;
    private int failures;
    private long dueAt;

    StoreRetry(String title) {
        this.title = title;
    }

    /** Whether the last use of the store failed. */
    boolean isWaiting() {
        return failures > 0;
    }

    /** Not before it is time to try again, whatever else happens. */
    boolean mayUseStore() {
        return failures == 0 || System.nanoTime() - dueAt >= 0;
    }

    /** When to try again, as {@link System#nanoTime()}. */
    long dueAt() {
        return dueAt;
    }

    void failed(EventStoreException e) {
        failures++;
        dueAt = System.nanoTime() + BackOff.nanos(FIRST, MAX, failures);
        if (failures == 1) {
            LOG.warn("{} cannot reach its store and tries again: {}", title, e.getMessage());
        }
    }

    void succeeded() {
        failures = 0;
    }
}

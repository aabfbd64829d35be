package io.headwater.internal.subscription;

import io.headwater.EventStoreException;
import io.headwater.internal.subscription.schedule.BackOff;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The pauses before a store that could not be reached is used again. For the dispatcher's task. */
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

    /** Returns whether the last use of the store failed. */
    boolean isWaiting() {
        return failures > 0;
    }

    /** Returns whether the store may be used now. Signals do not shorten the pause. */
    boolean mayUseStore() {
        return failures == 0 || System.nanoTime() - dueAt >= 0;
    }

    /** Returns the time of the next attempt, as {@link System#nanoTime()}. */
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

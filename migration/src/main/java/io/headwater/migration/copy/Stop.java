package io.headwater.migration.copy;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A request to end, by any thread. Thread-safe. */
public final class Stop {
    private final CountDownLatch requested = new CountDownLatch(1);

    /** Not requested yet. */
    public Stop() {}

    /** Asks to end after what is in progress. */
    public void request() {
        requested.countDown();
    }

    /** Whether to end. */
    public boolean isRequested() {
        return requested.getCount() == 0;
    }

    /**
     * Waits for this time, or until the request. An interrupt ends the wait, and the thread's flag stays set.
     *
     * @return whether to end
     */
    boolean await(Duration time) {
        try {
            return requested.await(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }
}

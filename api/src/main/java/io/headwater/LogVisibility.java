package io.headwater;

import java.time.Duration;

/**
 * When an append that returned is visible in the global log (G8).
 *
 * @param bound how long that normally takes at most; zero if it is visible at once
 */
public record LogVisibility(Duration bound) {
    /** An append is visible when it returns. */
    public static final LogVisibility IMMEDIATE = new LogVisibility(Duration.ZERO);

    /** An append is normally visible within this time after it returned. */
    public static LogVisibility eventual(Duration bound) {
        return new LogVisibility(bound);
    }

    public boolean isImmediate() {
        return bound.isZero();
    }
}

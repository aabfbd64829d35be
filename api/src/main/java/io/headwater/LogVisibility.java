package io.headwater;

import java.time.Duration;

/**
 * How soon an append that returned is seen in the global log (G8).
 *
 * @param bound zero when at once, else the longest it normally takes
 */
public record LogVisibility(Duration bound) {
    /** An append that returned is in the log. */
    public static final LogVisibility IMMEDIATE = new LogVisibility(Duration.ZERO);

    /** An append that returned is in the log within this time, normally. */
    public static LogVisibility eventual(Duration bound) {
        return new LogVisibility(bound);
    }

    public boolean isImmediate() {
        return bound.isZero();
    }
}

package io.headwater.tck.rule;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for a condition. */
public final class Waiting {
    private static final long PAUSE_NANOS = Duration.ofMillis(2).toNanos();

    private Waiting() {}

    /** Returns true as soon as this holds, and false when the time has elapsed or the thread was interrupted. */
    public static boolean until(Duration patience, BooleanSupplier holds) {
        long begun = System.nanoTime();
        while (!holds.getAsBoolean()) {
            if (System.nanoTime() - begun > patience.toNanos()
                    || Thread.currentThread().isInterrupted()) {
                return false;
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        return true;
    }
}

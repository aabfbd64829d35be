package io.headwater.tck.rule;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * A monotonic clock in nanoseconds that stands still until a test moves it. It begins shortly before its number overflows.
 */
public final class TestTicker implements LongSupplier {
    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 1);

    /** Moves the clock forwards by this. */
    public void move(Duration by) {
        now.addAndGet(by.toNanos());
    }

    @Override
    public long getAsLong() {
        return now.get();
    }
}

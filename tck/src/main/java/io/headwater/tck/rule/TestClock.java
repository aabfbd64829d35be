package io.headwater.tck.rule;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A clock that stands still until a test moves it, forwards or backwards. It begins with the time of the system, in
 * microseconds.
 */
public final class TestClock extends Clock {
    private final AtomicReference<Instant> now;

    /** A clock that differs from the time of the system by this. */
    public TestClock(Duration off) {
        now = new AtomicReference<>(Instant.now().truncatedTo(ChronoUnit.MICROS).plus(off));
    }

    /** Sets the clock to this time. */
    public void set(Instant time) {
        now.set(time);
    }

    /** Moves the clock by this; backwards if it is negative. */
    public void move(Duration by) {
        now.updateAndGet(time -> time.plus(by));
    }

    @Override
    public Instant instant() {
        return now.get();
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException("this clock has the zone UTC");
    }
}

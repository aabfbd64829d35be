package io.headwater.esdb;

import io.headwater.StoreUnavailable;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * The time that calls have waited for a node to show what this process has seen before. A node that leads no longer answers for some
 * seconds from an old state; if one that leads is still behind after this time, the log went back.
 */
final class BehindWait {
    private static final long LONG_ENOUGH = Duration.ofSeconds(10).toNanos();
    private static final Duration PAUSE = Duration.ofMillis(100);

    private final LongSupplier nanoTime;
    private long waited;
    private long countedUntil;

    /** @param nanoTime a monotonic clock, as {@link System#nanoTime()} */
    BehindWait(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.countedUntil = nanoTime.getAsLong();
    }

    /**
     * Waits before the next look, which is on a node that confirmed that it leads. Returns false if calls have waited long enough.
     *
     * @throws StoreUnavailable if the time of the call is over
     */
    boolean more(CallContext context, Server server) {
        if (isLongEnough()) {
            return false;
        }
        if (context.isOver()) {
            throw server.errors().unavailable("the node that answers has not what this process has seen");
        }
        long began = nanoTime.getAsLong();
        server.discovery().confirmed(context);
        context.pauseAbout(PAUSE);
        count(began);
        return true;
    }

    private synchronized boolean isLongEnough() {
        return waited >= LONG_ENOUGH;
    }

    /** What several calls wait at the same time counts once. */
    private synchronized void count(long began) {
        long now = nanoTime.getAsLong();
        waited += Math.max(0, Math.min(now - began, now - countedUntil));
        countedUntil = now;
    }

    /** A look was not behind. */
    synchronized void reset() {
        waited = 0;
    }
}

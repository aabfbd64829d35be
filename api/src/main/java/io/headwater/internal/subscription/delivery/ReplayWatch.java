package io.headwater.internal.subscription.delivery;

import io.headwater.internal.subscription.parking.ParkedStreams;
import java.time.Duration;

/** Checks at intervals whether a replay or a drop of parked events was requested. For the dispatcher's task. */
public final class ReplayWatch {
    private static final Duration POLL = Duration.ofSeconds(1);

    private final ParkedStreams parked;
    private final Delivery delivery;
    private volatile boolean isWanted = true;
    private long lookedAt = System.nanoTime();

    public ReplayWatch(ParkedStreams parked, Delivery delivery) {
        this.parked = parked;
        this.delivery = delivery;
    }

    /** Requests a check as soon as possible. Any thread. */
    public void want() {
        isWanted = true;
    }

    /** Returns the time of the next check, as {@link System#nanoTime()}, if events are parked. */
    public long dueAt() {
        return lookedAt + POLL.toNanos();
    }

    /** Returns whether events are parked. */
    public boolean isActive() {
        return !parked.isEmpty();
    }

    public void lookWhenDue() {
        if (isWanted || (isActive() && System.nanoTime() - dueAt() >= 0)) {
            isWanted = false;
            lookedAt = System.nanoTime();
            parked.wanted().forEach(delivery::replay);
        }
    }
}

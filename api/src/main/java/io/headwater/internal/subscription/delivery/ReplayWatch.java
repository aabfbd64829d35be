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

    /** Look at once when it is next possible. Any thread. */
    public void want() {
        isWanted = true;
    }

    /** When to look again, as {@link System#nanoTime()}, if anything is parked. */
    public long dueAt() {
        return lookedAt + POLL.toNanos();
    }

    /** Whether there is anything to look for. */
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

package io.headwater.esdb;

import java.time.Duration;

/** Pauses between attempts, longer each time, with jitter. */
final class Backoff {
    private final Duration most;
    private Duration next;

    Backoff(Duration first, Duration most) {
        this.next = first;
        this.most = most;
    }

    /** For calls that got no answer, or that no node takes at the moment. */
    static Backoff whileUnavailable() {
        return new Backoff(Duration.ofMillis(50), Duration.ofSeconds(1));
    }

    /** For appends that another append overtook: the first time it does not pause. */
    static Backoff whileOvertaken() {
        return new Backoff(Duration.ZERO, Duration.ofMillis(200));
    }

    void pause(CallContext context) {
        if (!next.isZero()) {
            context.pauseAbout(next);
        }
        Duration longer = next.isZero() ? Duration.ofMillis(5) : next.multipliedBy(2);
        next = longer.compareTo(most) < 0 ? longer : most;
    }
}

package io.headwater.dynamodb;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** Pauses between attempts, with full jitter, until a time has passed. */
final class Backoff {
    private static final long FIRST_NANOS = Duration.ofMillis(5).toNanos();
    private static final long FIRST_THROTTLED_NANOS = Duration.ofMillis(50).toNanos();
    private static final long MAX_NANOS = Duration.ofMillis(500).toNanos();
    private static final int MAX_DOUBLINGS = 10;

    private final RequestThreads calls;
    private final long end;
    private int attempts;

    Backoff(RequestThreads calls, Duration patience) {
        this.calls = calls;
        this.end = System.nanoTime() + patience.toNanos();
    }

    boolean isOver() {
        return System.nanoTime() - end >= 0 || calls.isClosed();
    }

    /** Waits, for longer each time. */
    void pause() {
        pause(false);
    }

    /** Waits, for longer each time. Where there were too many requests it waits for longer, as more of them make it worse. */
    void pause(boolean throttled) {
        long first = throttled ? FIRST_THROTTLED_NANOS : FIRST_NANOS;
        long most = Math.min(MAX_NANOS, first << Math.min(attempts, MAX_DOUBLINGS));
        attempts++;
        calls.pause(ThreadLocalRandom.current().nextLong(most) + 1);
    }
}

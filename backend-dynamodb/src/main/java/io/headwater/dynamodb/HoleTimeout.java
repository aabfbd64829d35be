package io.headwater.dynamodb;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How long a reader waits for a slot before it decides that nothing is written there. Says only how soon the log goes on: no
 * reader relies on it. Thread-safe.
 */
final class HoleTimeout {
    private static final long MIN_NANOS = Duration.ofMillis(250).toNanos();
    private static final long MAX_NANOS = Duration.ofSeconds(3).toNanos();
    private static final int REMEMBERED = 100;
    private static final int FACTOR = 4;
    private static final int JITTER_PARTS = 4;

    private final long[] lastNanos = new long[REMEMBERED];
    private int appends;
    private boolean doubled;

    /** An append of this process took so long, from its ticket to its end. */
    synchronized void appended(long nanos) {
        lastNanos[appends % REMEMBERED] = nanos;
        appends++;
    }

    /** A slot says how often its writer was overtaken by readers before. */
    synchronized void seen(Slot slot) {
        if (!slot.entries().isEmpty()) {
            doubled = slot.retries() > 0;
        }
    }

    synchronized long nanos() {
        long slowest = 0;
        for (long nanos : lastNanos) {
            slowest = Math.max(slowest, nanos);
        }
        long base = Math.min(MAX_NANOS, Math.max(MIN_NANOS, FACTOR * slowest));
        long jittered = base + ThreadLocalRandom.current().nextLong(base / JITTER_PARTS);
        long most = Math.min(MAX_NANOS, jittered);
        return doubled ? 2 * most : most;
    }
}

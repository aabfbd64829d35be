package io.headwater.esdb.server;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/** The server's unit of time: 100 ns since 1970. */
final class Ticks {
    private static final long NANOS_PER_TICK = 100;
    private static final long PER_SECOND = TimeUnit.SECONDS.toNanos(1) / NANOS_PER_TICK;

    private Ticks() {}

    static long now() {
        Instant now = Instant.now();
        return now.getEpochSecond() * PER_SECOND + now.getNano() / NANOS_PER_TICK;
    }

    static Instant toInstant(long ticks) {
        return Instant.ofEpochSecond(ticks / PER_SECOND, ticks % PER_SECOND * NANOS_PER_TICK);
    }

    static long of(Duration time) {
        return time.toNanos() / NANOS_PER_TICK;
    }

    static long toMillis(long ticks) {
        return TimeUnit.NANOSECONDS.toMillis(ticks * NANOS_PER_TICK);
    }

    static long ofSeconds(long seconds) {
        return seconds * PER_SECOND;
    }
}

package io.headwater.benchmarks;

import java.time.Duration;
import java.time.Instant;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;

/** Calls at random times, as independent users do. Used by one thread. */
final class RandomTimes {
    private final SplittableRandom random = new SplittableRandom(Settings.SEED);

    /**
     * Calls for this long, at this average rate per second, at least once, and passes the time from which the call
     * counts. That is the current time or, if the previous call took too long, the time at which the call was due: a
     * slow call must not hide its effect on later ones.
     *
     * @return the number of calls
     */
    int each(int perSecond, Duration time, LongConsumer call) {
        long due = now();
        long end = due + time.toNanos();
        int calls = 0;
        do {
            due += pause(perSecond);
            call.accept(awaitTime(due));
            calls++;
        } while (due < end);
        return calls;
    }

    private long pause(int perSecond) {
        return (long) (-Math.log(1 - random.nextDouble()) / perSecond * 1e9);
    }

    private static long awaitTime(long due) {
        long time = now();
        if (time >= due) {
            return due;
        }
        while (time < due) {
            LockSupport.parkNanos(due - time);
            time = now();
        }
        return time;
    }

    /** In nanoseconds, by the clock that all processes of a machine share. */
    static long now() {
        Instant now = Instant.now();
        return TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano();
    }
}

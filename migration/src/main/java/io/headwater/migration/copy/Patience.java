package io.headwater.migration.copy;

import io.headwater.EventStoreException;
import io.headwater.EventStoreException.Retry;
import io.headwater.OperationInterrupted;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * Makes calls again that failed for a reason that may pass, until this lasts too long.
 *
 * @param longest how long the same call is made again
 * @param stop ends the waiting
 * @param retries counts the calls that were made again
 */
record Patience(Duration longest, Stop stop, AtomicLong retries) {
    private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    /** A call that changes nothing when it is made twice. */
    <T> T call(Supplier<T> repeatable) {
        long start = System.nanoTime();
        Duration pause = FIRST_PAUSE;
        while (true) {
            try {
                return repeatable.get();
            } catch (EventStoreException failed) {
                boolean tooLong = System.nanoTime() - start > longest.toNanos();
                if (isFinal(failed) || tooLong || stop.await(pause)) {
                    throw failed;
                }
            }
            retries.incrementAndGet();
            pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
        }
    }

    /** Like {@link #call}. */
    void run(Runnable repeatable) {
        call(() -> {
            repeatable.run();
            return true;
        });
    }

    private static boolean isFinal(EventStoreException failed) {
        return failed.retry() == Retry.NEVER || failed instanceof OperationInterrupted;
    }
}

package io.headwater.esdb;

import io.headwater.OperationInterrupted;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * One call of the store, on the caller's thread: how long it may take, and what an interrupt does. Every wait of the call goes
 * through it, and ends when the store is closed.
 */
final class CallContext implements AutoCloseable {
    private final RunningCalls running;
    private final long end;
    private boolean holding;
    private boolean interrupted;

    CallContext(RunningCalls running, Duration timeout) {
        this.running = running;
        this.end = System.nanoTime() + timeout.toNanos();
    }

    RunningCalls running() {
        return running;
    }

    /** Returns the time that is left; 0 if there is none. */
    long remainingNanos() {
        return Math.max(0, end - System.nanoTime());
    }

    boolean isOver() {
        return remainingNanos() == 0;
    }

    /** From now on an interrupt does not end the call, because its outcome has to be determined first. */
    void holdInterrupts() {
        holding = true;
    }

    /** From now on an interrupt ends the call. One that came in the meantime ends the next wait. */
    void allowInterrupts() {
        holding = false;
        restoreInterrupt();
    }

    /** Waits without a limit. Throws what the future was completed with. */
    <T> T await(CompletableFuture<T> future) {
        try {
            return await(future, Long.MAX_VALUE);
        } catch (TimeoutException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Waits until the future is completed, or for this time. */
    <T> T await(CompletableFuture<T> future, long nanos) throws TimeoutException {
        RunningCalls.Wait wait = running.begins(future);
        try {
            long until = System.nanoTime() + Math.min(nanos, Long.MAX_VALUE / 2);
            while (true) {
                try {
                    return future.get(until - System.nanoTime(), TimeUnit.NANOSECONDS);
                } catch (InterruptedException e) {
                    interrupted();
                }
            }
        } catch (ExecutionException e) {
            throw thrown(e.getCause());
        } finally {
            running.ends(wait);
        }
    }

    private void interrupted() {
        if (!holding) {
            Thread.currentThread().interrupt();
            throw new OperationInterrupted();
        }
        interrupted = true;
    }

    private static RuntimeException thrown(@Nullable Throwable cause) {
        if (cause instanceof Error error) {
            throw error;
        }
        return cause instanceof RuntimeException failure ? failure : new IllegalStateException(cause);
    }

    /** Waits for this time, or for what is left of the call's. */
    void pause(Duration time) {
        try {
            await(new CompletableFuture<Void>(), Math.min(time.toNanos(), remainingNanos()));
        } catch (TimeoutException e) {
            // The time has passed.
        }
    }

    /** As {@link #pause}, for between a half and the whole of the time, so that callers that wait for the same do not meet again. */
    void pauseAbout(Duration time) {
        long nanos = Math.max(2, time.toNanos());
        pause(Duration.ofNanos(nanos / 2 + ThreadLocalRandom.current().nextLong(nanos / 2)));
    }

    private void restoreInterrupt() {
        if (interrupted) {
            interrupted = false;
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        restoreInterrupt();
    }
}

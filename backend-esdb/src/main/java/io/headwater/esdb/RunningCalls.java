package io.headwater.esdb;

import io.headwater.StoreClosed;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** What the calls of a store wait for, so that closing the store ends them. Has one thread, once it is needed, for delays. */
final class RunningCalls implements AutoCloseable {
    private final Set<Wait> waits = ConcurrentHashMap.newKeySet();
    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, RunningCalls::thread);
    private volatile boolean closed;

    RunningCalls() {
        timer.setRemoveOnCancelPolicy(true);
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "headwater-esdb-timer");
        thread.setDaemon(true);
        return thread;
    }

    boolean isClosed() {
        return closed;
    }

    /** What a call waits for. */
    static final class Wait {
        private final CompletableFuture<?> future;

        private Wait(CompletableFuture<?> future) {
            this.future = future;
        }

        private void end() {
            future.completeExceptionally(new StoreClosed());
        }
    }

    /** From now until {@link #ends}, closing the store completes the future with {@link StoreClosed}. */
    Wait begins(CompletableFuture<?> future) {
        Wait wait = new Wait(future);
        waits.add(wait);
        if (closed) {
            wait.end();
        }
        return wait;
    }

    void ends(Wait wait) {
        waits.remove(wait);
    }

    /** Runs work later, on the timer's thread, unless the store is closed by then. It must not block. */
    void later(Runnable work, long nanos) {
        try {
            ScheduledFuture<?> unused = timer.schedule(work, nanos, TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            work.run();
        }
    }

    @Override
    public void close() {
        closed = true;
        waits.forEach(Wait::end);
        timer.shutdownNow();
        try {
            timer.awaitTermination(1, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

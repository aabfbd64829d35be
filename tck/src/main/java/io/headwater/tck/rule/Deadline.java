package io.headwater.tck.rule;

import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiFunction;
import java.util.stream.Collectors;

/** Runs work with a time limit, so that a store that hangs fails its rule and not the run. */
public final class Deadline {
    private static final int FRAMES = 12;

    private Deadline() {}

    /** The work did not end in time. The message says where it was. */
    public static final class TimedOut extends Exception {
        private static final long serialVersionUID = 1L;

        TimedOut(Duration limit, Thread worker) {
            super("timed out after %s ms%s".formatted(limit.toMillis(), where(worker)));
        }

        private static String where(Thread worker) {
            return Arrays.stream(worker.getStackTrace())
                    .limit(FRAMES)
                    .map(frame -> "\n      at " + frame)
                    .collect(Collectors.joining());
        }
    }

    /**
     * Runs the work on a thread of its own. A thread that does not end when it is interrupted is abandoned; it is a daemon.
     */
    public static <T> T call(Duration limit, Callable<T> work) throws Throwable {
        return call(limit, Threads::platform, work);
    }

    /** As {@link #call}, on a virtual thread. */
    public static <T> T callVirtual(Duration limit, Callable<T> work) throws Throwable {
        return call(limit, Threads::virtual, work);
    }

    private static <T> T call(Duration limit, BiFunction<String, Runnable, Thread> threads, Callable<T> work)
            throws Throwable {
        CompletableFuture<T> result = new CompletableFuture<>();
        Thread worker = threads.apply("headwater-tck-rule", () -> complete(result, work));
        worker.start();
        try {
            return result.get(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() == null ? e : e.getCause();
        } catch (TimeoutException e) {
            throw new TimedOut(limit, worker);
        } finally {
            worker.interrupt();
        }
    }

    private static <T> void complete(CompletableFuture<T> result, Callable<T> work) {
        try {
            result.complete(work.call());
        } catch (Throwable thrown) {
            result.completeExceptionally(thrown);
        }
    }
}

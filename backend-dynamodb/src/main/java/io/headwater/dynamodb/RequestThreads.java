package io.headwater.dynamodb;

import io.headwater.OperationInterrupted;
import io.headwater.StoreClosed;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs requests on threads of the store. The client gives up a request when the thread that makes it is interrupted, also if it was
 * carried out by then; and the JDK closes the socket in which a virtual thread waits. Here only the caller is interrupted.
 */
final class RequestThreads implements AutoCloseable {
    private static final int AT_A_TIME = 32;
    private static final int IDLE_SECONDS = 5;
    private static final int CLOSING_SECONDS = 5;

    private final AtomicInteger numbers = new AtomicInteger();
    private final ThreadPoolExecutor threads = new ThreadPoolExecutor(
            0, Integer.MAX_VALUE, IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), this::thread);

    private Thread thread(Runnable work) {
        return new CallThread(work, "headwater-dynamodb-call-" + numbers.incrementAndGet());
    }

    /** Interrupted by nothing but the end of the store, so that it can make requests itself. */
    private static final class CallThread extends Thread {
        CallThread(Runnable work, String name) {
            super(work, name);
            setDaemon(true);
        }

        static boolean isCurrent() {
            return Thread.currentThread() instanceof CallThread;
        }
    }

    /** Does work on another thread. */
    void execute(Runnable work) {
        try {
            threads.execute(work);
        } catch (RejectedExecutionException e) {
            throw new StoreClosed(e);
        }
    }

    /** Begins work on another thread. */
    <T> CompletableFuture<T> start(Supplier<T> work) {
        try {
            return CompletableFuture.supplyAsync(work, threads);
        } catch (RejectedExecutionException e) {
            throw new StoreClosed(e);
        }
    }

    /** Does work for each of these, some of them at a time. Returns the results in their order, when all are there. */
    <T, R> List<R> all(Collection<T> inputs, Function<T, R> work) {
        List<R> results = new ArrayList<>();
        List<CompletableFuture<R>> running = new ArrayList<>();
        Iterator<T> left = inputs.iterator();
        while (left.hasNext()) {
            T input = left.next();
            running.add(start(() -> work.apply(input)));
            if (running.size() == AT_A_TIME || !left.hasNext()) {
                await(CompletableFuture.allOf(running.toArray(CompletableFuture<?>[]::new)));
                running.forEach(result -> results.add(result.join()));
                running.clear();
            }
        }
        return results;
    }

    /** Waits for work that changes nothing; an interrupt of the caller ends that at once. */
    <T> T read(Supplier<T> work) {
        if (CallThread.isCurrent()) {
            return work.get();
        }
        CompletableFuture<T> running = start(work);
        try {
            return running.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new OperationInterrupted();
        } catch (ExecutionException e) {
            throw thrown(e.getCause());
        }
    }

    /** Waits for work to end, also when the caller is interrupted: what it did is known only then. */
    <T> T write(Supplier<T> work) {
        return CallThread.isCurrent() ? work.get() : await(start(work));
    }

    /** As {@link #write}, for work that has begun. */
    static <T> T await(CompletableFuture<T> running) {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return running.get();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } catch (ExecutionException e) {
            throw thrown(e.getCause());
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Waits for some time; an interrupt of the caller does not cut it short. */
    void pause(long nanos) {
        write(() -> {
            long until = System.nanoTime() + nanos;
            for (long left = nanos; left > 0 && !threads.isShutdown(); left = until - System.nanoTime()) {
                LockSupport.parkNanos(left);
            }
            return true;
        });
    }

    boolean isClosed() {
        return threads.isShutdown();
    }

    private static RuntimeException thrown(@Nullable Throwable cause) {
        if (cause instanceof Error error) {
            throw error;
        }
        return cause instanceof RuntimeException failure ? failure : new CompletionException(cause);
    }

    /** Waits some seconds for the requests in flight. */
    @Override
    public void close() {
        threads.shutdown();
        try {
            if (!threads.awaitTermination(CLOSING_SECONDS, TimeUnit.SECONDS)) {
                threads.shutdownNow();
            }
        } catch (InterruptedException e) {
            threads.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}

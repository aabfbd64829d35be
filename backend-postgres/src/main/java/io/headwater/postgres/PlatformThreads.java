package io.headwater.postgres;

import io.headwater.OperationInterrupted;
import io.headwater.StoreClosed;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs the calls of virtual threads on platform threads, and those of platform threads directly. When a virtual thread that
 * waits for a socket is interrupted, the JDK closes the socket. The connection is then lost, and with it the outcome of an
 * append. A platform thread continues to wait until the server has ended the statement ({@link RunningCalls}).
 *
 * <p>An interrupt of the virtual thread is passed on to the thread that runs its call, which then ends as a direct call
 * would. Thread-safe.
 */
final class PlatformThreads implements AutoCloseable {
    private static final @Nullable MethodHandle IS_VIRTUAL = isVirtual();
    private static final int IDLE_SECONDS = 5;

    private final Semaphore room;
    private final Duration patience;
    private final AtomicInteger numbers = new AtomicInteger();
    private final ThreadPoolExecutor threads = new ThreadPoolExecutor(
            0, Integer.MAX_VALUE, IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), this::thread);

    /**
     * As many threads as connections are enough, because further ones would only wait for a connection.
     *
     * @param patience how long a virtual thread waits for a free thread; zero for no limit
     */
    PlatformThreads(int connections, Duration patience) {
        this.room = new Semaphore(connections);
        this.patience = patience;
    }

    private Thread thread(Runnable work) {
        Thread thread = new Thread(work, "headwater-postgres-call-" + numbers.incrementAndGet());
        thread.setDaemon(true);
        return thread;
    }

    /** Null before JDK 21, which has no virtual threads. */
    private static @Nullable MethodHandle isVirtual() {
        try {
            return MethodHandles.publicLookup()
                    .findVirtual(Thread.class, "isVirtual", MethodType.methodType(boolean.class));
        } catch (ReflectiveOperationException e) {
            return null;
        }
    }

    private static boolean isCallerVirtual() {
        try {
            return IS_VIRTUAL != null && (boolean) IS_VIRTUAL.invokeExact(Thread.currentThread());
        } catch (Throwable e) {
            throw new IllegalStateException("Thread.isVirtual() failed", e);
        }
    }

    /**
     * Runs work that takes a connection. Waits for a free thread first, as callers wait for a connection. An interrupt ends
     * the wait.
     */
    <T> T connected(Supplier<T> work) {
        if (!isCallerVirtual()) {
            return work.get();
        }
        awaitRoom();
        try {
            return elsewhere(work);
        } finally {
            room.release();
        }
    }

    private void awaitRoom() {
        try {
            if (patience.isZero()) {
                room.acquire();
            } else if (!room.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS)) {
                throw Connections.noneFree(null);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new OperationInterrupted();
        }
    }

    /** Runs work on a connection that the caller already has. */
    <T> T on(Supplier<T> work) {
        return isCallerVirtual() ? elsewhere(work) : work.get();
    }

    private <T> T elsewhere(Supplier<T> work) {
        Call<T> call = new Call<>(work);
        try {
            threads.execute(call);
        } catch (RejectedExecutionException e) {
            throw new StoreClosed(e);
        }
        return call.await();
    }

    @Override
    public void close() {
        threads.shutdown();
    }

    /** One call, and its result. */
    private static final class Call<T> implements Runnable {
        private final Supplier<T> work;
        private final CompletableFuture<T> result = new CompletableFuture<>();
        private @Nullable Thread worker;
        private boolean interrupted;

        Call(Supplier<T> work) {
            this.work = work;
        }

        @Override
        public void run() {
            begin();
            Throwable thrown = null;
            T value = null;
            try {
                value = work.get();
            } catch (Throwable e) {
                thrown = e;
            }
            end();
            if (thrown == null) {
                result.complete(value);
            } else {
                result.completeExceptionally(thrown);
            }
        }

        private synchronized void begin() {
            worker = Thread.currentThread();
            if (interrupted) {
                worker.interrupt();
            }
        }

        /** Afterwards the thread may run another call. */
        private synchronized void end() {
            worker = null;
            Thread.interrupted();
        }

        private synchronized void interrupt() {
            interrupted = true;
            if (worker != null) {
                worker.interrupt();
            }
        }

        /** Waits until the call has ended, even if interrupted, because its outcome is known only then. */
        T await() {
            boolean flag = false;
            try {
                while (true) {
                    try {
                        return result.get();
                    } catch (InterruptedException e) {
                        flag = true;
                        interrupt();
                    }
                }
            } catch (ExecutionException e) {
                throw thrown(e.getCause());
            } finally {
                if (flag) {
                    Thread.currentThread().interrupt();
                }
            }
        }

        private static RuntimeException thrown(@Nullable Throwable cause) {
            if (cause instanceof Error error) {
                throw error;
            }
            return cause instanceof RuntimeException failure ? failure : new CompletionException(cause);
        }
    }
}

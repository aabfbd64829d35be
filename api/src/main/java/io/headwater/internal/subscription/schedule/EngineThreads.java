package io.headwater.internal.subscription.schedule;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The threads of a store's subscriptions: one for each task that runs, and one for timers. All are daemons, start when they are
 * needed and end after some idle seconds.
 */
public final class EngineThreads implements Executor {
    private static final Logger LOG = LoggerFactory.getLogger(EngineThreads.class);
    private static final long KEEP_ALIVE_SECONDS = 5;

    private final ThreadPoolExecutor pool;
    private final ScheduledThreadPoolExecutor timer;

    public EngineThreads(String backend) {
        String prefix = "headwater-" + backend + "-";
        pool = new ThreadPoolExecutor(
                0,
                Integer.MAX_VALUE,
                KEEP_ALIVE_SECONDS,
                TimeUnit.SECONDS,
                new SynchronousQueue<>(),
                daemons(prefix + "subscription-"));
        timer = new ScheduledThreadPoolExecutor(1, daemons(prefix + "timer-"));
        timer.setKeepAliveTime(KEEP_ALIVE_SECONDS, TimeUnit.SECONDS);
        timer.allowCoreThreadTimeOut(true);
        timer.setRemoveOnCancelPolicy(true);
        timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    private ThreadFactory daemons(String prefix) {
        AtomicInteger count = new AtomicInteger();
        return work -> new Daemon(this, work, prefix + count.incrementAndGet());
    }

    /** A thread of the pool, and the work that it runs after its current work. */
    private static final class Daemon extends Thread {
        private final EngineThreads owner;
        private boolean working;
        private @Nullable Runnable next;

        Daemon(EngineThreads owner, Runnable work, String name) {
            super(work, name);
            this.owner = owner;
            setDaemon(true);
        }

        /** Hands work to another thread. Keeps it if there is no other thread. */
        void release(Runnable work) {
            try {
                owner.execute(work);
            } catch (RejectedExecutionException e) {
                next = work;
            }
        }

        void work(Runnable first) {
            working = true;
            Runnable current = first;
            while (current != null) {
                current.run();
                current = next;
                next = null;
            }
            working = false;
        }
    }

    @Override
    public void execute(Runnable work) {
        pool.execute(() -> ((Daemon) Thread.currentThread()).work(work));
    }

    /**
     * Runs work after the caller's current work: on the same thread if that belongs to the pool and has nothing to run next, and
     * otherwise on another one.
     */
    public void executeNext(Runnable work) {
        if (Thread.currentThread() instanceof Daemon own && own.owner == this && own.working && own.next == null) {
            own.next = work;
        } else {
            execute(work);
        }
    }

    /** Hands the work that this thread was to run next to another thread. To be called before anything that may take long. */
    public static void releaseNext() {
        if (Thread.currentThread() instanceof Daemon own && own.next != null) {
            Runnable work = own.next;
            own.next = null;
            own.release(work);
        }
    }

    public SerialTask serial(Runnable work) {
        return new SerialTask(this, this::executeNext, work);
    }

    /** Makes a call after a delay. The call runs on the timer thread and MUST be short. */
    public Future<?> after(Duration delay, Runnable call) {
        return afterNanos(delay.toNanos(), call);
    }

    /** As {@link #after}. */
    Future<?> afterNanos(long nanos, Runnable call) {
        try {
            return timer.schedule(call, nanos, TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            return new FutureTask<>(() -> null);
        }
    }

    /** As {@link #after}, for a call that is never cancelled and catches its own exceptions. */
    @SuppressWarnings("FutureReturnValueIgnored")
    public void later(long nanos, Runnable call) {
        afterNanos(nanos, call);
    }

    /** Waits this long for running work to end. Does not wait if the caller is one of these threads. */
    public void close(Duration patience) {
        timer.shutdownNow();
        pool.shutdown();
        if (Thread.currentThread() instanceof Daemon own && own.owner == this) {
            return;
        }
        try {
            if (!pool.awaitTermination(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("a handler did not return after its subscription was closed; its thread is abandoned");
            }
            timer.awaitTermination(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

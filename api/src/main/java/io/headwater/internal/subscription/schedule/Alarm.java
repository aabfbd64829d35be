package io.headwater.internal.subscription.schedule;

import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One call at a time yet to come, the earliest that was asked for. For one thread at a time. */
public final class Alarm {
    public static final long MIN_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    /** As good as never. */
    public static final long MAX_NANOS = TimeUnit.DAYS.toNanos(3650);

    private final EngineThreads threads;
    private final Runnable call;
    private @Nullable Future<?> pending;
    private long due;

    public Alarm(EngineThreads threads, Runnable call) {
        this.threads = threads;
        this.call = call;
    }

    /**
     * Calls after this time, or before: one that is set for earlier stays, and a task that is called too early sets it again. One
     * that is due counts as made: it may be running now, and then tells of what was before.
     */
    public void setIn(long nanos) {
        long now = System.nanoTime();
        long wanted = now + nanos;
        boolean isToCome = pending != null && due - now > 0;
        if (isToCome && due - wanted <= 0) {
            return;
        }
        cancel();
        due = wanted;
        pending = threads.afterNanos(nanos, call);
    }

    public void cancel() {
        if (pending != null) {
            pending.cancel(false);
            pending = null;
        }
    }
}

package io.headwater.internal.subscription.schedule;

import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A timer with at most one pending call, the earliest that was requested. For one thread at a time. */
public final class Alarm {
    public static final long MIN_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    /** The longest delay, which stands for <i>never</i>. */
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
     * Makes the call after this time or earlier. An earlier pending call stays, and a task that is called too early sets the
     * alarm again. A call that is due counts as made, because it may be running with an older state.
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

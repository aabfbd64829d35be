package io.headwater.internal.subscription.schedule;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Work that never runs twice at once. A signal makes it run, or run again if it is running; none is lost. */
public final class SerialTask {
    private static final Logger LOG = LoggerFactory.getLogger(SerialTask.class);

    private enum State {
        IDLE,
        QUEUED,
        RUNNING,
        SIGNALLED
    }

    private final Executor executor;
    private final Executor next;
    private final Runnable work;
    private final AtomicReference<State> state = new AtomicReference<>(State.IDLE);

    /**
     * A task that waits for its first signal.
     *
     * @param executor runs the work on a thread of the pool
     * @param next runs the work after what the caller of {@link #signalNext} does, on the same thread if it can
     * @param work catches its own exceptions
     */
    SerialTask(Executor executor, Executor next, Runnable work) {
        this.executor = executor;
        this.next = next;
        this.work = work;
    }

    /** A task that always runs on a thread of the executor. */
    SerialTask(Executor executor, Runnable work) {
        this(executor, executor, work);
    }

    /** Has the work run, now or, if it is running, once more. */
    public void signal() {
        signal(executor);
    }

    /**
     * As {@link #signal}, for a caller that ends soon: if it is on a thread of the engine, the work may run there after it, which
     * spares a hand-over between threads.
     */
    public void signalNext() {
        signal(next);
    }

    private void signal(Executor chosen) {
        State before = state.getAndUpdate(
                now -> now == State.IDLE ? State.QUEUED : now == State.RUNNING ? State.SIGNALLED : now);
        if (before == State.IDLE) {
            execute(chosen);
        }
    }

    /** When the threads are gone, the engine is closed and nothing is left to do. When none can be had, a later signal may. */
    private void execute(Executor chosen) {
        try {
            chosen.execute(this::run);
        } catch (RejectedExecutionException e) {
            state.set(State.IDLE);
        } catch (Error e) {
            state.set(State.IDLE);
            throw e;
        }
    }

    /** What runs here may have left the thread interrupted; that was meant for it alone. Once more is not soon over. */
    private void run() {
        state.set(State.RUNNING);
        work();
        while (!state.compareAndSet(State.RUNNING, State.IDLE)) {
            state.set(State.RUNNING);
            EngineThreads.releaseNext();
            work();
        }
    }

    /** What goes wrong all the same, such as an error of the virtual machine, must not keep it from running again. */
    private void work() {
        Thread.interrupted();
        try {
            work.run();
        } catch (RuntimeException | Error e) {
            LOG.error("work of a subscription failed", e);
        }
    }
}

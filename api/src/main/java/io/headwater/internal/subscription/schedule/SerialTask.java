package io.headwater.internal.subscription.schedule;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A task that never runs on two threads at the same time. A signal makes it run, or run again if it is running. No signal is
 * lost.
 */
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
     * Creates a task that waits for its first signal.
     *
     * @param executor runs the work on a thread of the pool
     * @param next runs the work after the current work of the caller of {@link #signalNext}, on the same thread if possible
     * @param work the work, which catches its own exceptions
     */
    SerialTask(Executor executor, Executor next, Runnable work) {
        this.executor = executor;
        this.next = next;
        this.work = work;
    }

    /** Creates a task that always runs on a thread of the executor. */
    SerialTask(Executor executor, Runnable work) {
        this(executor, executor, work);
    }

    /** Makes the task run, or run once more if it is running. */
    public void signal() {
        signal(executor);
    }

    /**
     * As {@link #signal}, for a caller that ends soon. If the caller is on a thread of the engine, the task may run on that
     * thread afterwards, which saves a hand-over between threads.
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

    /**
     * Hands the task to an executor. If this is refused, the engine is closed, or no thread is available and a later signal may
     * succeed.
     */
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

    /**
     * Runs the work until there is no further signal. Before another run, which may take long, the work that is next on this
     * thread is handed over.
     */
    private void run() {
        state.set(State.RUNNING);
        work();
        while (!state.compareAndSet(State.RUNNING, State.IDLE)) {
            state.set(State.RUNNING);
            EngineThreads.releaseNext();
            work();
        }
    }

    /** Runs the work once. An exception or error must not keep the task from running again. */
    private void work() {
        Thread.interrupted();
        try {
            work.run();
        } catch (RuntimeException | Error e) {
            LOG.error("work of a subscription failed", e);
        }
    }
}

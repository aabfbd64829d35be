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
    private final Runnable work;
    private final AtomicReference<State> state = new AtomicReference<>(State.IDLE);

    /** The work catches its own exceptions. */
    SerialTask(Executor executor, Runnable work) {
        this.executor = executor;
        this.work = work;
    }

    public void signal() {
        State before = state.getAndUpdate(
                now -> now == State.IDLE ? State.QUEUED : now == State.RUNNING ? State.SIGNALLED : now);
        if (before == State.IDLE) {
            execute();
        }
    }

    /** When the threads are gone, the engine is closed and nothing is left to do. When none can be had, a later signal may. */
    private void execute() {
        try {
            executor.execute(this::run);
        } catch (RejectedExecutionException e) {
            state.set(State.IDLE);
        } catch (Error e) {
            state.set(State.IDLE);
            throw e;
        }
    }

    /** What runs here may have left the thread interrupted; that was meant for it alone. */
    private void run() {
        do {
            Thread.interrupted();
            state.set(State.RUNNING);
            work();
        } while (!state.compareAndSet(State.RUNNING, State.IDLE));
    }

    /** What goes wrong all the same, such as an error of the virtual machine, must not keep it from running again. */
    private void work() {
        try {
            work.run();
        } catch (RuntimeException | Error e) {
            LOG.error("work of a subscription failed", e);
        }
    }
}

package io.headwater.internal.subscription;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;

/** Work that never runs twice at once. A signal makes it run, or run again if it is running; none is lost. */
final class SerialTask {
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

    void signal() {
        State before = state.getAndUpdate(
                now -> now == State.IDLE ? State.QUEUED : now == State.RUNNING ? State.SIGNALLED : now);
        if (before == State.IDLE) {
            execute();
        }
    }

    /** When the threads are gone, the engine is closed and nothing is left to do. */
    private void execute() {
        try {
            executor.execute(this::run);
        } catch (RejectedExecutionException e) {
            state.set(State.IDLE);
        }
    }

    /** What runs here may have left the thread interrupted; that was meant for it alone. */
    private void run() {
        do {
            Thread.interrupted();
            state.set(State.RUNNING);
            work.run();
        } while (!state.compareAndSet(State.RUNNING, State.IDLE));
    }
}

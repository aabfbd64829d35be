package io.headwater.sqlite;

import io.headwater.EventStoreException;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** A write in the queue of {@link GroupCommit}, and the thread that waits for it. */
final class Ticket<T> {
    private enum State {
        WAITING,
        TAKEN,
        GIVEN_UP,
        DONE
    }

    private final WriteTransaction.Work<T> work;
    private final Thread owner = Thread.currentThread();
    private final AtomicReference<State> state = new AtomicReference<>(State.WAITING);
    private @Nullable T result;
    private @Nullable Throwable failure;

    Ticket(WriteTransaction.Work<T> work) {
        this.work = work;
    }

    /** Called by the leader. Returns whether the write is to be made; false if its caller gave up. */
    boolean take() {
        return state.compareAndSet(State.WAITING, State.TAKEN);
    }

    /** Called by the caller of the write. Returns whether the write could be cancelled. */
    boolean giveUp() {
        return state.compareAndSet(State.WAITING, State.GIVEN_UP);
    }

    boolean isDone() {
        return state.get() == State.DONE;
    }

    /** Called by the leader. Makes the write, and keeps what it throws for the caller. */
    void run(WriteTransaction transaction) throws SQLException {
        failure = null;
        try {
            result = work.run(transaction);
        } catch (EventStoreException e) {
            failure = e;
        }
    }

    /** Called by the leader when the write is decided and its transaction committed, before the caller is woken. */
    void complete() {
        state.set(State.DONE);
    }

    void fail(Throwable reason) {
        failure = reason;
        complete();
    }

    void wake() {
        LockSupport.unpark(owner);
    }

    /** For the owner, once it is done. The result is null only for work that returns null. */
    @SuppressWarnings("NullAway")
    T outcome() {
        if (failure instanceof Error error) {
            throw error;
        }
        if (failure instanceof RuntimeException unchecked) {
            throw unchecked;
        }
        return result;
    }
}

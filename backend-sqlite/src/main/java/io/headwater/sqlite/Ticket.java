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

    /** For the leader: whether the write is to be made; false if its owner gave up. */
    boolean take() {
        return state.compareAndSet(State.WAITING, State.TAKEN);
    }

    /** For the owner: whether the write could still be called off. */
    boolean giveUp() {
        return state.compareAndSet(State.WAITING, State.GIVEN_UP);
    }

    boolean isDone() {
        return state.get() == State.DONE;
    }

    /** For the leader: makes the write, and keeps what it refuses for the owner. */
    void run(WriteTransaction transaction) throws SQLException {
        failure = null;
        try {
            result = work.run(transaction);
        } catch (EventStoreException e) {
            failure = e;
        }
    }

    /** For the leader: the write is decided and its transaction committed. The owner is still to be woken. */
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

package io.headwater.internal.subscription.delivery;

import io.headwater.Position;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** A save of a checkpoint. It runs once, on another thread than the one that reads its result when it is done. */
final class CheckpointSave implements Runnable {
    private final Position position;
    private final long finished;
    private final BooleanSupplier save;
    private final Runnable ended;
    private boolean accepted;
    private @Nullable Throwable failure;

    /** Written last and read first, which makes the result visible. */
    private volatile boolean done;

    /**
     * Creates a save that has not begun.
     *
     * @param finished the number of events that were finished when the position was read
     * @param save returns whether the save was accepted
     * @param ended is called after the save
     */
    CheckpointSave(Position position, long finished, BooleanSupplier save, Runnable ended) {
        this.position = position;
        this.finished = finished;
        this.save = save;
        this.ended = ended;
    }

    Position position() {
        return position;
    }

    long finished() {
        return finished;
    }

    /** Clears the interrupt flag, which a handler may have left set on this thread. */
    @Override
    public void run() {
        Thread.interrupted();
        try {
            accepted = save.getAsBoolean();
        } catch (RuntimeException | Error e) {
            failure = e;
        }
        done = true;
        ended.run();
    }

    boolean isDone() {
        return done;
    }

    boolean hasFailed() {
        return failure != null;
    }

    /** Returns false if the lease was lost. Throws the exception of the save if it failed. */
    boolean isAccepted() {
        if (failure instanceof Error error) {
            throw error;
        }
        if (failure != null) {
            throw (RuntimeException) failure;
        }
        return accepted;
    }
}

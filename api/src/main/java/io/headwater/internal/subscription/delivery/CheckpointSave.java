package io.headwater.internal.subscription.delivery;

import io.headwater.Position;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A save of a checkpoint. It runs on another thread than the one that reads its result. Run once; whether it is
 * accepted or has failed is asked once it is done.
 */
final class CheckpointSave implements Runnable {
    private final Position position;
    private final long finished;
    private final BooleanSupplier save;
    private final Runnable ended;
    private boolean accepted;
    private @Nullable Throwable failure;

    /** Written last and read first, so that the outcome is seen. */
    private volatile boolean done;

    /**
     * A save that has not begun.
     *
     * @param finished the number of events that were finished when the position was asked for
     * @param save returns whether it was accepted
     * @param ended is called after it
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

    /** An interrupt that a handler left on the thread is not meant for the save. */
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

    /** False if the lease was lost. Throws what the save threw. */
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

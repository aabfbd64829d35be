package io.headwater.spi;

import io.headwater.AppendOutcome;

/** An append that is written but not committed. Its methods may be called on any thread, but not concurrently. */
public interface HeldAppend extends AutoCloseable {

    /**
     * Commits the append, and returns its outcome. If that is a conflict or a replay, the append wrote nothing, and
     * there is nothing to commit.
     *
     * @throws IllegalStateException if the append was committed or rolled back before
     */
    AppendOutcome commit();

    /** Rolls the append back. Does nothing if it was committed or rolled back before. */
    void rollback();

    /** Rolls the append back, unless it was committed. */
    @Override
    default void close() {
        rollback();
    }
}

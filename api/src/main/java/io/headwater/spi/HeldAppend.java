package io.headwater.spi;

import io.headwater.AppendOutcome;

/** An append that was written and is not committed. May be ended from any thread, by one at a time. */
public interface HeldAppend extends AutoCloseable {

    /**
     * Commits, and returns what the append would have returned: a conflict or a repeat was found before, and wrote nothing.
     *
     * @throws IllegalStateException if it has ended
     */
    AppendOutcome commit();

    /** Undoes it. Does nothing when it has ended. */
    void rollback();

    /** Undoes it, unless it was committed. */
    @Override
    default void close() {
        rollback();
    }
}

package io.headwater.tck.rule;

import io.headwater.AppendOutcome;
import io.headwater.AppendRequest;
import io.headwater.StreamId;

/**
 * Another process that has opened the store under test. Each method makes the process do something, and blocks until it has.
 * Thread-safe.
 */
public interface StoreProcess extends AutoCloseable {

    /**
     * Appends in the process. Throws an exception with the same {@code retry()} as the one that the store threw there, and
     * {@link io.headwater.AppendOutcomeUnknown} if the process ends before it has answered.
     */
    AppendOutcome tryAppend(AppendRequest request);

    /**
     * Makes an append in the process, except for its commit, which never follows. Only for rules that need {@link
     * Need#HELD_APPEND}.
     */
    void hold(AppendRequest request);

    /** The version of a stream, read in the process. */
    long version(StreamId stream);

    /** Kills the process, as {@code kill -9} does, and returns when it has ended. */
    void kill();

    /** Whether the process runs. */
    boolean isAlive();

    /** Closes the store in the process, and ends the process. */
    @Override
    void close();
}

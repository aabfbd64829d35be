package io.headwater.tck.rule;

import io.headwater.AppendOutcome;
import io.headwater.AppendRequest;
import io.headwater.StreamId;

/** The store under test, opened by another process, which does what it is told. Thread-safe. */
public interface StoreProcess extends AutoCloseable {

    /**
     * Appends there, and waits for the outcome. Throws what the store there threw, as far as {@code retry()} goes, and
     * {@link io.headwater.AppendOutcomeUnknown} when the process ends before it has answered.
     */
    AppendOutcome tryAppend(AppendRequest request);

    /** Appends there up to the commit, which never comes: only for rules with {@link Need#HELD_APPEND}. */
    void hold(AppendRequest request);

    /** The version of a stream, read there. */
    long version(StreamId stream);

    /** Ends the process at once, as {@code kill -9} does, and returns when it is gone. */
    void kill();

    /** Whether it can be told something. */
    boolean isAlive();

    /** Closes the store there, and ends the process. */
    @Override
    void close();
}

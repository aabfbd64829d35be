package io.headwater;

import java.util.List;

/**
 * Decides which events a command yields, given the history of its stream. It is called again after each conflict, so it
 * SHOULD have no effects.
 */
@FunctionalInterface
public interface Decision {

    /**
     * Returns the events to append. An exception that it throws is thrown by {@code handle}, and nothing is written.
     *
     * @param history the events to decide on, oldest first, and the version of the stream; empty, at version 0, if it was
     *     never written
     * @return the events in order; empty to change nothing. Their ids are replaced by those of the command
     */
    List<EventData> decide(StreamSlice history);
}

package io.headwater;

import java.util.List;

/**
 * Which events a command yields on the history of its stream. It is called again after each conflict, so it should do nothing
 * but decide.
 */
@FunctionalInterface
public interface Decision {

    /**
     * Decides. What it throws reaches the caller of {@code handle}, and nothing is written.
     *
     * @param history the events to decide on, oldest first, and the stream's version; empty, at version 0, if it was never written
     * @return the events to append, in order, whose ids are replaced by those of the command; empty to change nothing
     */
    List<EventData> decide(StreamSlice history);
}

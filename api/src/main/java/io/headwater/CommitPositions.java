package io.headwater;

/**
 * Converts positions that the tools of a server show. A facet of stores on servers that number the places of their log, as
 * EventStoreDB does: a subscription of the server's own can then be continued by one of Headwater. Blocks; thread-safe.
 */
public interface CommitPositions {

    /**
     * Returns the position of the record that was committed here, as a position of this store: a subscription that begins after
     * it receives the events that follow.
     *
     * @param commit a commit position, as the tools of the server show it
     * @throws InvalidRequest if no record lies there
     */
    Position at(long commit);
}

package io.headwater.esdb.kit;

/** A server whose answers are recorded. */
interface Recorded {
    String hostPort();

    /** Returns when the subscribers have been sent all records written before, and those that projections write for them. */
    void rest() throws InterruptedException;

    /** Called when an append of a scenario has been answered. */
    default void appended() throws Exception {}

    /** Whether calls that end together do so in one go on the connection. */
    default boolean endsCallsInOneGo() {
        return false;
    }

    /** Scavenges, and returns when that is done. */
    void scavenge();

    /** Tells the server to shut down, after which it is killed. */
    void shutDown();

    /** Ends it without a word. */
    void kill();
}

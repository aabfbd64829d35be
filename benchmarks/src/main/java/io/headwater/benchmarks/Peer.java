package io.headwater.benchmarks;

/** Another event store on PostgreSQL, in one configuration. Found by {@link java.util.ServiceLoader}. */
public interface Peer {

    /** Its name in the report. */
    String name();

    /** What a reader of the figures must know: its version and how it is used. */
    String facts();

    /** The schema of all of its tables, which is dropped and created before each {@link #open}. */
    String schema();

    /** The table that has a row for each event. */
    String table();

    /** Whether its reads are measured: not if it differs from another peer in appends only. */
    boolean isRead();

    /** The number of bytes or characters that a reader gets as the data of this event. */
    default int size(SampleEvent event) {
        return event.data().length;
    }

    /**
     * Creates the tables and opens the store.
     *
     * @param url a JDBC URL, with the user and the password, of a database of its own whose {@link #schema} is empty;
     *     options can be added with {@code &}
     */
    PeerStore open(String url) throws Exception;
}

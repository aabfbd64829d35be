package io.headwater.benchmarks;

/** Another event store on PostgreSQL, used in some way. Found by {@link java.util.ServiceLoader}. */
public interface Peer {

    /** What the report calls it. */
    String name();

    /** What a reader of the figures must know: its version, how it is used. */
    String facts();

    /** Where all of its tables are. The schema is dropped and made before each {@link #open}. */
    String schema();

    /** The table that has a row for each event. */
    String table();

    /** Whether its reads are measured: not those of somebody who differs from another peer in appends only. */
    boolean isRead();

    /** How many bytes or characters a reader gets as the data of this event. */
    default int size(SampleEvent event) {
        return event.data().length;
    }

    /**
     * Makes the tables and opens the store.
     *
     * @param url of JDBC, with the user and the password, for a database of its own whose {@link #schema} is empty; options can
     *     be added with {@code &}
     */
    PeerStore open(String url) throws Exception;
}

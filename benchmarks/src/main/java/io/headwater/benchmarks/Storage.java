package io.headwater.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;

/** Where stores of a backend are while they are measured. */
interface Storage extends AutoCloseable {

    /** The backend's name. */
    String name();

    /** Starts what the backend needs. Called before all other methods. */
    default void start(Path folder) throws Exception {}

    /** What a reader of the figures must know: the server's version, when an append is durable. */
    String facts() throws Exception;

    /**
     * The URL with which Headwater opens a store.
     *
     * @param folder a folder that exists; the same folder means the same store, for backends that have files
     */
    String url(Path folder);

    /** Removes the parts of this folder's store that are elsewhere. */
    default void remove(Path folder) throws SQLException {}

    /** The number of events after which a measurement ends before its time is up. */
    default long maxEvents() {
        return Long.MAX_VALUE;
    }

    @Override
    default void close() throws IOException {}
}

package io.headwater.benchmarks;

import java.nio.file.Path;

/** A variant of appending: Headwater, or a use of the raw driver. */
interface AppendVariant {

    /** Its name in the report. */
    String name();

    /**
     * Opens a store without events.
     *
     * @param folder an empty folder for its files
     */
    Appends open(Path folder, int writers) throws Exception;

    /** A store under load. */
    interface Appends extends AutoCloseable {

        /** A writer to a stream of its own. Used by one thread. */
        Appender writer(int number) throws Exception;

        /** The number of events in the store, to check that all appends were made. */
        long stored() throws Exception;

        @Override
        void close();
    }
}

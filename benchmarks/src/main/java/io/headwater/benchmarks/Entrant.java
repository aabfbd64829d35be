package io.headwater.benchmarks;

import java.nio.file.Path;

/** A way of appending: Headwater, or the raw driver used in some way. */
interface Entrant {

    /** What the report calls it. */
    String name();

    /**
     * Opens a store without events.
     *
     * @param folder where its files may be; it holds nothing else
     */
    Appends open(Path folder, int writers) throws Exception;

    /** A store under load. */
    interface Appends extends AutoCloseable {

        /** A writer to a stream of its own. Used by one thread. */
        Appender writer(int number) throws Exception;

        /** How many events are in the store, to check that what was measured was done. */
        long stored() throws Exception;

        @Override
        void close();
    }
}

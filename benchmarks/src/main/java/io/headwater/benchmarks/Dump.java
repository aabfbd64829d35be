package io.headwater.benchmarks;

import java.sql.SQLException;

/** Reads the whole log at once, over and over. */
interface Dump extends Work, AutoCloseable {

    /** Reads it once. */
    Tally read() throws Exception;

    @Override
    default int once() throws Exception {
        return read().events();
    }

    @Override
    void close() throws SQLException;
}

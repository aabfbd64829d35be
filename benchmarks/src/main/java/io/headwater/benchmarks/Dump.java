package io.headwater.benchmarks;

import java.sql.SQLException;

/** Reads the whole log at once, again and again. */
interface Dump extends Work, AutoCloseable {

    /** Reads the log once. */
    Tally read() throws Exception;

    @Override
    default int once() throws Exception {
        return read().events();
    }

    @Override
    void close() throws SQLException;
}

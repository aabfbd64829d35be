package io.headwater.sqlite;

import io.headwater.EventStoreException;
import java.sql.SQLException;

/** Checks around reads. Thread-safe. */
interface ReadGuard {
    /** Called after a read. Throws if what was read may be wrong. */
    void checkRead();

    /** The exception for a failure after which nothing is written. */
    EventStoreException translate(SQLException e);
}

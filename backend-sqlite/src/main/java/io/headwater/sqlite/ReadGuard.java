package io.headwater.sqlite;

import io.headwater.EventStoreException;
import java.sql.SQLException;

/** What stands around reads. Thread-safe. */
interface ReadGuard {
    /** After a read: throws if what was read may be wrong. */
    void checkRead();

    /** What to tell of a failure after which nothing is written. */
    EventStoreException translate(SQLException e);
}

package io.headwater.postgres;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * A transaction that stays open until it is told how to end, and what its work gave.
 *
 * @param connection its own until it ends
 * @param result of the work
 * @param ended called when the connection was given back
 */
record OpenTransaction<T>(Connection connection, T result, Runnable ended) {

    void commit() {
        try {
            connection.commit();
        } catch (SQLException e) {
            throw PostgresErrors.translateWrite(e);
        } finally {
            close();
        }
    }

    /** Gives the connection back, and undoes what was not committed. */
    void close() {
        try {
            Database.giveBack(connection);
        } catch (SQLException e) {
            throw PostgresErrors.translate(e);
        } finally {
            ended.run();
        }
    }
}

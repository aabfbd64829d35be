package io.headwater.postgres;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * A transaction that stays open until it is committed or closed, and the result of its work.
 *
 * @param connection used by this transaction only
 * @param result the result of the work
 * @param connections where the connection comes from
 * @param ended called when the connection was returned
 */
record OpenTransaction<T>(Connection connection, T result, Connections connections, Runnable ended) {

    void commit() {
        connections.threads().on(() -> {
            commitHere();
            return true;
        });
    }

    private void commitHere() {
        try {
            connection.commit();
        } catch (SQLException e) {
            throw PostgresErrors.translateWrite(connections.explained(connection, e));
        } finally {
            closeHere();
        }
    }

    /** Returns the connection, and rolls back what was not committed. */
    void close() {
        connections.threads().on(() -> {
            closeHere();
            return true;
        });
    }

    private void closeHere() {
        try {
            Database.giveBack(connection);
        } catch (SQLException e) {
            throw PostgresErrors.translate(e);
        } finally {
            ended.run();
        }
    }
}

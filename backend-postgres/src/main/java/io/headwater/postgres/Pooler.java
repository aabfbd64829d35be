package io.headwater.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.postgresql.PGStatement;
import org.postgresql.jdbc.PgConnection;

/**
 * A connection pooler between client and server, such as PgBouncer. In transaction mode it gives every transaction another
 * connection to the server, so that nothing that is tied to one outlives a transaction: settings, statements that the server
 * has prepared, LISTEN.
 */
final class Pooler {
    /** What to do about prepared statements that are not kept. */
    static final String REMEDY =
            "a pooler gives every transaction another connection to the server, which has other prepared"
                    + " statements: leave out prepareThreshold or set it to 0, and set it to 0 for a DataSource of your own";

    private static final int ROUNDS = 3;
    private static final String PROCESS = "SELECT pg_backend_pid()";

    private Pooler() {}

    /**
     * Whether statements that the server has prepared can be used, as far as can be told: two connections that prepare different
     * ones get in each other's way otherwise, if the pooler gives them the same one to the server.
     */
    static boolean keepsStatements(DataSource source) throws SQLException {
        try (Connection one = source.getConnection();
                Connection two = source.getConnection()) {
            for (int round = 0; round < ROUNDS; round++) {
                if (!gives(one, 1) || !gives(two, 2)) {
                    return false;
                }
            }
            return true;
        }
    }

    private static boolean gives(Connection connection, int number) throws SQLException {
        // Two statements, as the driver would prepare a single one again when it is missing.
        String twice = "SELECT " + number + "; SELECT " + number;
        try (PreparedStatement statement = connection.unwrap(PgConnection.class).prepareStatement(twice)) {
            statement.unwrap(PGStatement.class).setPrepareThreshold(1);
            statement.execute();
            try (ResultSet row = statement.getResultSet()) {
                return row.next() && row.getInt(1) == number;
            }
        } catch (SQLException e) {
            if (PostgresErrors.isStatementNotKept(e)) {
                return false;
            }
            throw e;
        }
    }

    /**
     * Whether there is one: the process that answers is not the one that the connection was told of, which is where the client
     * would send a request to cancel. It may be in session mode; what a store does because of it is right there, too.
     */
    static boolean isBehind(Connection connection) throws SQLException {
        PgConnection driver = connection.unwrap(PgConnection.class);
        try (Statement statement = driver.createStatement()) {
            statement.unwrap(PGStatement.class).setPrepareThreshold(0);
            try (ResultSet row = statement.executeQuery(PROCESS)) {
                row.next();
                return row.getInt(1) != driver.getBackendPID();
            }
        }
    }
}

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
 * A connection pooler between client and server, such as PgBouncer. In transaction mode, each transaction may get another
 * connection to the server. So nothing that belongs to one outlives a transaction: settings, prepared statements, LISTEN.
 */
final class Pooler {
    /** What to do if prepared statements are not kept. */
    static final String REMEDY =
            "a pooler gives every transaction another connection to the server, which has other prepared"
                    + " statements: leave out prepareThreshold or set it to 0, and set it to 0 for a DataSource of your own";

    private static final int ROUNDS = 3;
    private static final String PROCESS = "SELECT pg_backend_pid()";

    private Pooler() {}

    /**
     * Whether prepared statements can be used, as far as can be found out. If not, two connections that prepare different
     * statements affect each other when the pooler gives them the same connection to the server.
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
     * Whether there is a pooler: whether the process that answers differs from the one to which the client would send a
     * cancel request. It may be in session mode; what the store then does works there, too.
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

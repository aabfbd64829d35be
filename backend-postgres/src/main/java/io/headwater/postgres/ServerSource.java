package io.headwater.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.postgresql.ds.PGSimpleDataSource;

/** Connects to the server of a URL. Failures name the server. Connections are set up, except through a pooler. */
final class ServerSource extends PGSimpleDataSource {
    private static final long serialVersionUID = 1L;

    /** The settings of {@link TransactionSettings}, for all transactions of a connection. */
    private static final String SESSION = """
            SET SESSION CHARACTERISTICS AS TRANSACTION ISOLATION LEVEL READ COMMITTED;
            SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') = 'off';
            SET idle_in_transaction_session_timeout = '30s'""";

    private volatile boolean pooled;

    /** Connects once, to find out whether there is a pooler. */
    boolean isPooled() throws SQLException {
        try (Connection connection = connect()) {
            pooled = Pooler.isBehind(connection);
            return pooled;
        }
    }

    @Override
    public Connection getConnection() throws SQLException {
        Connection connection = connect();
        return pooled ? connection : setUp(connection);
    }

    private static Connection setUp(Connection connection) throws SQLException {
        boolean ready = false;
        try (Statement statement = connection.createStatement()) {
            statement.execute(SESSION);
            ready = true;
        } catch (SQLException e) {
            throw ServerProblem.lost(connection, e);
        } finally {
            if (!ready) {
                connection.close();
            }
        }
        return connection;
    }

    private Connection connect() throws SQLException {
        try {
            return super.getConnection();
        } catch (SQLException e) {
            throw ServerProblem.connecting(servers(), e);
        }
    }

    private String servers() {
        StringBuilder servers = new StringBuilder();
        for (int i = 0; i < getServerNames().length; i++) {
            servers.append(i == 0 ? "" : ", ")
                    .append(getServerNames()[i])
                    .append(':')
                    .append(getPortNumbers()[i]);
        }
        return servers.toString();
    }
}

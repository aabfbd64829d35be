package io.headwater.postgres;

import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.postgresql.jdbc.PgConnection;

/**
 * A failure of the driver, with a message that names the server and the reason, where the driver's own message does not. Has
 * no stack trace, as the pool logs it.
 */
final class ServerProblem extends SQLException {
    private static final long serialVersionUID = 1L;

    /** Part of the driver's message when all servers are standbys. */
    private static final String NO_PRIMARY = "targetServerType";

    private static final String ONLY_READS =
            "it only reads, as it is a standby, or default_transaction_read_only is on; name the primary, or open the store with access=read";

    private final SQLException driver;

    private ServerProblem(String message, SQLException driver) {
        super(message, driver.getSQLState(), driver.getErrorCode());
        this.driver = driver;
    }

    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }

    /** The exception of the driver that this one replaces, or the exception itself. */
    static SQLException driver(SQLException e) {
        return e instanceof ServerProblem problem ? problem.driver : e;
    }

    /** For a failure to connect to any of these servers. */
    static SQLException connecting(String servers, SQLException e) {
        return new ServerProblem(servers + ": " + reason(e, "no answer within connectTimeout"), e);
    }

    /** For a connection that was lost during a call. */
    static SQLException lost(Connection connection, SQLException e) {
        return PostgresErrors.isConnectionLost(e) && !(e instanceof ServerProblem)
                ? new ServerProblem(
                        server(connection) + ": "
                                + reason(e, "no reply within socketTimeout, as when another transaction holds a lock"),
                        e)
                : e;
    }

    private static String server(Connection connection) {
        try {
            return connection
                    .unwrap(PgConnection.class)
                    .getQueryExecutor()
                    .getHostSpec()
                    .toString();
        } catch (SQLException e) {
            return "the server";
        }
    }

    private static String reason(SQLException e, String whenSilent) {
        for (@Nullable Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnknownHostException) {
                return "the host is unknown";
            }
            if (cause instanceof ConnectException) {
                return "connection refused";
            }
            if (cause instanceof SocketTimeoutException) {
                return whenSilent;
            }
        }
        String message = PostgresErrors.message(e);
        return message.contains(NO_PRIMARY) ? ONLY_READS : message;
    }
}

package io.headwater.postgres;

import io.headwater.AppendOutcomeUnknown;
import io.headwater.BackendFailure;
import io.headwater.ConfigurationException;
import io.headwater.EventStoreException;
import io.headwater.OperationInterrupted;
import io.headwater.StoreUnavailable;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Translates PostgreSQL's error codes (https://www.postgresql.org/docs/current/errcodes-appendix.html). No other class knows
 * them.
 */
final class PostgresErrors {
    private static final String UNIQUE_VIOLATION = "23505";
    private static final String SERIALIZATION_FAILURE = "40001";
    private static final String DEADLOCK = "40P01";
    private static final String LOCK_TIMEOUT = "55P03";
    private static final String QUERY_CANCELED = "57014";
    private static final String INSUFFICIENT_PRIVILEGE = "42501";

    /** A code of the driver: a password is required and was not given, or the server has no TLS and TLS is required. */
    private static final String REJECTED = "08004";

    private static final Set<String> WRONG_CREDENTIALS = Set.of("28000", "28P01", REJECTED);

    /** A prepared statement exists already, or does not exist: the connection to the server is not the same as before. */
    private static final Set<String> STATEMENT_NOT_KEPT = Set.of("42P05", "26000");

    private static final String NO_DATABASE = "3D000";
    private static final Set<String> NOT_THERE = Set.of("3F000", "42P01", "42883");
    private static final Pattern MARK_OF_STORE = Pattern.compile("\\.store_[^\"]+\"");
    private static final String READ_ONLY = "25006";
    private static final Set<String> FULL = Set.of("53100", "53200");
    private static final String TOO_MANY_CONNECTIONS = "53300";

    /** The connection failed, or the server is shut down, has crashed or is starting. */
    private static final Set<String> CONNECTION_LOST = Set.of("57P01", "57P02", "57P03", "57P05", "25P03", "25P04");

    private PostgresErrors() {}

    private static String state(SQLException e) {
        @Nullable String state = e.getSQLState();
        return state == null ? "" : state;
    }

    /** Whether the connection is lost, so that the outcome of a write is unknown. */
    static boolean isConnectionLost(SQLException e) {
        String state = state(e);
        return state.startsWith("08") || CONNECTION_LOST.contains(state);
    }

    /** Whether the transaction was rolled back because of another one, and can be repeated. */
    static boolean isContention(SQLException e) {
        return Set.of(UNIQUE_VIOLATION, SERIALIZATION_FAILURE, DEADLOCK).contains(state(e));
    }

    /** Whether the connection to the server has other prepared statements than the client expects. */
    static boolean isStatementNotKept(SQLException e) {
        return STATEMENT_NOT_KEPT.contains(state(e));
    }

    /** Whether tables or functions of the store are missing. */
    static boolean isMissing(SQLException e) {
        return NOT_THERE.contains(state(e));
    }

    /** Whether the view is missing whose name has the id of the store that was opened. */
    private static boolean isReplaced(SQLException e) {
        return isMissing(e) && MARK_OF_STORE.matcher(message(e)).find();
    }

    /** The exception for a failure after which nothing is written. */
    static EventStoreException translate(SQLException failure) {
        String message = message(failure);
        SQLException e = ServerProblem.driver(failure);
        if (state(e).equals(QUERY_CANCELED)) {
            return canceled(message, e);
        }
        return ofSettings(message, e)
                .or(() -> ofServer(message, e))
                .or(() -> isConnectionLost(e)
                        ? unavailable("no connection to " + place(failure) + message, e)
                        : Optional.empty())
                .or(() -> ofStore(message, e))
                .orElseGet(() -> new BackendFailure("PostgreSQL failed: " + message, e));
    }

    private static EventStoreException canceled(String message, SQLException e) {
        return Thread.currentThread().isInterrupted()
                ? new OperationInterrupted()
                : new StoreUnavailable(
                        "the server ended the statement (" + message + "); try again, or raise its statement_timeout",
                        e);
    }

    /** Failures that a change of the URL, of the privileges or of the pooler resolves. */
    private static Optional<EventStoreException> ofSettings(String message, SQLException e) {
        String state = state(e);
        if (state.equals(REJECTED) && message.contains("SSL")) {
            return configuration(
                    message + ": turn on ssl at the server, or leave out sslmode to connect without TLS", e);
        }
        if (WRONG_CREDENTIALS.contains(state)) {
            return configuration(
                    "the server refuses the user or password (" + message + "): check the URL, options and pg_hba.conf",
                    e);
        }
        if (state.equals(NO_DATABASE)) {
            return configuration(message + ": create it with CREATE DATABASE, or name another one in the URL", e);
        }
        if (state.equals(INSUFFICIENT_PRIVILEGE)) {
            return configuration(message + ": " + Privileges.remedy(message), e);
        }
        return isStatementNotKept(e) ? configuration(Pooler.REMEDY + " (" + message + ')', e) : Optional.empty();
    }

    private static Optional<EventStoreException> configuration(String message, SQLException e) {
        return Optional.of(new ConfigurationException(message, e));
    }

    /** Failures because of the current state of the server. */
    private static Optional<EventStoreException> ofServer(String message, SQLException e) {
        String state = state(e);
        if (state.equals(READ_ONLY)) {
            return unavailable(
                    "the server only reads: it is a standby, or default_transaction_read_only is on; connect to the primary, or open the store with access=read",
                    e);
        }
        if (FULL.contains(state)) {
            return unavailable("the server is out of disk or memory; nothing was written: " + message, e);
        }
        if (state.equals(TOO_MANY_CONNECTIONS)) {
            return unavailable(
                    "the server accepts no more connections: lower poolSize, or raise its max_connections", e);
        }
        return isContention(e) || state.equals(LOCK_TIMEOUT)
                ? unavailable("the transaction collided with others; nothing was written: " + message, e)
                : Optional.empty();
    }

    private static Optional<EventStoreException> unavailable(String message, SQLException e) {
        return Optional.of(new StoreUnavailable(message, e));
    }

    /** Failures because of the tables and functions of the store. */
    private static Optional<EventStoreException> ofStore(String message, SQLException e) {
        if (isReplaced(e)) {
            return Optional.of(new BackendFailure(
                    "the schema holds another store than the one that was opened: it was dropped and created again, or the server was replaced. Close this store and open it again",
                    e));
        }
        return isMissing(e)
                ? Optional.of(new BackendFailure("the store's tables or functions are missing: " + message, e))
                : Optional.empty();
    }

    /** The message of a failure that replaces one of the driver begins with the server. */
    private static String place(SQLException failure) {
        return failure instanceof ServerProblem ? "" : "the server: ";
    }

    /** The exception for a failed write that was sent. If the connection was lost, the write may have been committed. */
    static EventStoreException translateWrite(SQLException e) {
        return isConnectionLost(e)
                ? new AppendOutcomeUnknown(
                        "the connection was lost before the reply, so it may or may not be written: " + message(e),
                        ServerProblem.driver(e))
                : translate(e);
    }

    /** The first line, as part of a sentence. Further lines may contain values. */
    static String message(SQLException e) {
        @Nullable String message = e.getMessage();
        return message == null
                ? "no reason given"
                : message.lines().findFirst().orElse("").replaceFirst("\\.$", "");
    }
}

package io.headwater.postgres;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.SQLExceptionOverride;
import io.headwater.ConfigurationException;
import io.headwater.EventStoreException;
import io.headwater.StoreUnavailable;
import io.headwater.spi.BackendContext;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/**
 * The sources of connections.
 *
 * @param source gives connections for calls
 * @param pool closed with the store; null for a source that belongs to the application
 * @param listening gives the connection that listens for appends, which is kept; null to poll instead
 * @param notifying whether to notify other processes of appends
 * @param settings where transactions get their settings
 * @param threads runs the calls of virtual threads
 */
record Connections(
        DataSource source,
        @Nullable HikariDataSource pool,
        @Nullable DataSource listening,
        boolean notifying,
        TransactionSettings settings,
        PlatformThreads threads)
        implements AutoCloseable {
    private static final Duration IDLE = Duration.ofMinutes(5);

    /** The minimum that the pool accepts. */
    private static final Duration MIN_TIMEOUT = Duration.ofMillis(250);

    /** The assumed maximum number of connections of a pool that belongs to the application. */
    private static final int MAX_OF_OTHERS = 256;

    /** The connections of the application. */
    static Connections of(DataSource source, @Nullable DataSource listening) {
        PlatformThreads threads = new PlatformThreads(MAX_OF_OTHERS, Duration.ZERO);
        return threads.on(() -> {
            boolean pooled = isPooled(source);
            if (pooled && prepares(source)) {
                refuseUnlessKept(source);
            }
            DataSource heard = listening != null && isPooled(listening) ? null : listening;
            return new Connections(source, null, heard, listening != null, settings(pooled), threads);
        });
    }

    private static boolean isPooled(DataSource source) {
        return asked(source, Pooler::isBehind);
    }

    private static boolean prepares(DataSource source) {
        return asked(source, connection -> connection.unwrap(PGConnection.class).getPrepareThreshold() > 0);
    }

    /** A question to a connection. */
    private interface Question {
        boolean ask(Connection connection) throws SQLException;
    }

    private static boolean asked(DataSource source, Question question) {
        try (Connection connection = source.getConnection()) {
            return question.ask(connection);
        } catch (SQLException e) {
            throw PostgresErrors.translate(e);
        }
    }

    private static void refuseUnlessKept(DataSource source) {
        try {
            if (!Pooler.keepsStatements(source)) {
                throw new ConfigurationException(Pooler.REMEDY);
            }
        } catch (SQLException e) {
            throw PostgresErrors.translate(e);
        }
    }

    private static TransactionSettings settings(boolean pooled) {
        return pooled ? TransactionSettings.OF_TRANSACTION : TransactionSettings.OF_CONNECTION;
    }

    /**
     * A pool of connections as the URL and the options say. Connects once before, because a pool would retry for as long as
     * a call waits, even with a wrong password.
     */
    static Connections of(BackendContext context) {
        ServerSource server = ServerAddress.source(context);
        Duration connectTimeout = connectTimeout(context);
        PlatformThreads threads = new PlatformThreads(context.option(PostgresOptions.POOL_SIZE), connectTimeout);
        boolean connected = false;
        try {
            boolean pooled = threads.connected(() -> prepare(server, context));
            HikariDataSource pool = pool(server, context, connectTimeout);
            connected = true;
            boolean listen = context.option(PostgresOptions.LISTEN) == PostgresOptions.Toggle.ON;
            return new Connections(pool, pool, listen && !pooled ? server : null, listen, settings(pooled), threads);
        } finally {
            if (!connected) {
                threads.close();
            }
        }
    }

    /** Whether there is a pooler between, through which statements are prepared at the server only if that is requested. */
    private static boolean prepare(ServerSource server, BackendContext context) {
        Optional<Integer> threshold = context.option(PostgresOptions.PREPARE_THRESHOLD);
        try {
            boolean pooled = server.isPooled();
            server.setPrepareThreshold(threshold.orElse(pooled ? 0 : 1));
            if (pooled && threshold.orElse(0) > 0) {
                refuseUnlessKept(server);
            }
            return pooled;
        } catch (SQLException e) {
            throw PostgresErrors.translate(e);
        }
    }

    private static HikariDataSource pool(DataSource server, BackendContext context, Duration connectTimeout) {
        HikariConfig config = new HikariConfig();
        config.setDataSource(server);
        config.setPoolName("headwater-postgres");
        config.setMaximumPoolSize(context.option(PostgresOptions.POOL_SIZE));
        config.setMinimumIdle(0);
        config.setIdleTimeout(IDLE.toMillis());
        config.setConnectionTimeout(connectTimeout.toMillis());
        config.setInitializationFailTimeout(-1);
        // Unlike the driver's own test, it says why it fails.
        config.setConnectionTestQuery("SELECT 1");
        config.setExceptionOverride(new EvictedByUs());
        return new HikariDataSource(config);
    }

    /** The pool would log every failure with its stack trace, although the caller gets it. */
    private static final class EvictedByUs implements SQLExceptionOverride {
        @java.lang.Override
        public SQLExceptionOverride.Override adjudicate(SQLException e) {
            return SQLExceptionOverride.Override.DO_NOT_EVICT;
        }
    }

    private static Duration connectTimeout(BackendContext context) {
        Duration timeout = context.option(PostgresOptions.CONNECT_TIMEOUT);
        if (timeout.compareTo(MIN_TIMEOUT) < 0 && !timeout.isZero()) {
            throw new ConfigurationException("option 'connectTimeout' has the value '" + timeout.toMillis()
                    + "ms', allowed is 250ms or more, or 0s to wait without limit");
        }
        return timeout;
    }

    /** The failure of a call on a connection of this source, which is not used again if it is lost. */
    SQLException explained(Connection connection, SQLException e) {
        SQLException explained = ServerProblem.lost(connection, e);
        if (pool != null && PostgresErrors.isConnectionLost(e)) {
            pool.evictConnection(connection);
        }
        return explained;
    }

    /** The exception for a connection that could not be got. */
    EventStoreException missing(SQLTransientConnectionException e) {
        Throwable cause = e.getCause();
        while (cause != null && !(cause instanceof SQLException)) {
            cause = cause.getCause();
        }
        return cause instanceof SQLException known && !isExhausted() ? PostgresErrors.translate(known) : noneFree(e);
    }

    /** An earlier failure is not the reason if all connections are in use. */
    private boolean isExhausted() {
        return pool != null && pool.getHikariPoolMXBean().getActiveConnections() >= pool.getMaximumPoolSize();
    }

    static StoreUnavailable noneFree(@Nullable Throwable cause) {
        return new StoreUnavailable(
                "no connection became free in time: raise poolSize or connectTimeout, or look for calls that hang",
                cause);
    }

    @Override
    public void close() {
        if (pool != null) {
            HikariDataSource closing = pool;
            threads.on(() -> {
                closing.close();
                return true;
            });
        }
        threads.close();
    }
}

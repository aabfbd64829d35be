package io.headwater.postgres;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.headwater.ConfigurationException;
import io.headwater.spi.BackendContext;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Where connections come from.
 *
 * @param source gives connections for calls
 * @param pool what to close with the store; null for a source that belongs to the application
 * @param listening gives the connection on which to be told of appends, which is kept; null to poll instead
 */
record Connections(
        DataSource source,
        @Nullable HikariDataSource pool,
        @Nullable DataSource listening) implements AutoCloseable {
    private static final Duration IDLE = Duration.ofMinutes(5);

    /** What the pool takes. */
    private static final Duration LEAST_TIMEOUT = Duration.ofMillis(250);

    /**
     * What must not depend on how the server, the database or the user is set up. Statements see what is committed when they
     * begin. A crash of the server takes back no lease, whose number would then be given twice. A client that hangs within a transaction, and holds back the log, is ended.
     */
    private static final String SESSION = """
            SET SESSION CHARACTERISTICS AS TRANSACTION ISOLATION LEVEL READ COMMITTED;
            SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') = 'off';
            SET idle_in_transaction_session_timeout = '30s'""";

    /**
     * A pool of connections as the URL and the options say. Connects once before, as a pool would try for as long as a call
     * waits, also with a wrong password.
     */
    static Connections of(BackendContext context) {
        PGSimpleDataSource server = ServerAddress.dataSource(context);
        Duration connectTimeout = connectTimeout(context);
        try {
            server.getConnection().close();
        } catch (SQLException e) {
            throw PostgresErrors.translate(e);
        }
        HikariConfig config = new HikariConfig();
        config.setDataSource(server);
        config.setPoolName("headwater-postgres");
        config.setMaximumPoolSize(context.option(PostgresOptions.POOL_SIZE));
        config.setMinimumIdle(0);
        config.setIdleTimeout(IDLE.toMillis());
        config.setConnectionTimeout(connectTimeout.toMillis());
        config.setInitializationFailTimeout(-1);
        config.setConnectionInitSql(SESSION);
        HikariDataSource pool = new HikariDataSource(config);
        return new Connections(
                pool, pool, context.option(PostgresOptions.LISTEN) == PostgresOptions.Toggle.ON ? server : null);
    }

    private static Duration connectTimeout(BackendContext context) {
        Duration timeout = context.option(PostgresOptions.CONNECT_TIMEOUT);
        if (timeout.compareTo(LEAST_TIMEOUT) < 0 && !timeout.isZero()) {
            throw new ConfigurationException(
                    "option 'connectTimeout' has the value '%dms', allowed is 250ms or more, or 0s to wait for ever"
                            .formatted(timeout.toMillis()));
        }
        return timeout;
    }

    @Override
    public void close() {
        if (pool != null) {
            pool.close();
        }
    }
}

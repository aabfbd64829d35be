package io.headwater.postgres;

import io.headwater.ConfigurationException;
import io.headwater.IncompatibleStore;
import io.headwater.StoreUnavailable;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * The properties of a server.
 *
 * @param product the name that it gives
 * @param version such as 180006
 * @param standby whether it is a standby of another server
 * @param encoding the encoding of the database
 * @param isolation the isolation level of transactions on this connection
 */
record PostgresServer(String product, int version, boolean standby, String encoding, String isolation) {
    /** The oldest major version that is still maintained. */
    private static final int OLDEST = 15;

    private static final String LOOK = """
            SELECT version(), current_setting('server_version_num')::integer, pg_is_in_recovery(),
                current_setting('server_encoding'), current_setting('transaction_isolation')""";

    private static PostgresServer of(ResultSet row) throws SQLException {
        return new PostgresServer(
                row.getString(1), row.getInt(2), row.getBoolean(3), row.getString(4), row.getString(5));
    }

    /** Refuses servers on which the contract cannot be kept. */
    static void check(Session session) throws SQLException {
        session.only(PostgresServer::of, LOOK).check();
    }

    void check() {
        if (product.contains("CockroachDB") || product.contains("-YB-") || product.contains("Yugabyte")) {
            throw new IncompatibleStore(
                    "the server is '%s', which speaks PostgreSQL's protocol, but does not list advisory locks, which the order of the log depends on: use PostgreSQL"
                            .formatted(product),
                    null);
        }
        if (version / 10_000 < OLDEST) {
            throw new IncompatibleStore(
                    "the server is '%s'; PostgreSQL %s or newer is needed".formatted(product, OLDEST), null);
        }
        if (!encoding.equals("UTF8")) {
            throw new ConfigurationException("the database has the encoding " + encoding
                    + ", which cannot hold every text: create one with ENCODING 'UTF8'");
        }
        if (!isolation.equals("read committed")) {
            throw new ConfigurationException("transactions of the connections are at isolation level '" + isolation
                    + "', at which appends fail that have to wait for others: configure the pool for READ COMMITTED");
        }
        if (standby) {
            throw new StoreUnavailable(
                    "the server is a standby: only its primary knows which appends are in progress, and so how far the log is decided; connect to the primary",
                    null);
        }
    }
}

package io.headwater.benchmarks.peers;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;

/** The connection pool for peers that have none of their own: as large as Headwater's. */
final class Pool {
    static final int SIZE = 32;

    private Pool() {}

    /**
     * Opens a pool.
     *
     * @param schema the schema in which tables are created and found
     * @param autocommit whether each statement is committed by itself
     */
    static HikariDataSource open(String url, String schema, boolean autocommit) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url + "&currentSchema=" + schema);
        config.setMaximumPoolSize(SIZE);
        // Opened when needed, like Headwater's: 32 new connections would disturb a turn that needs 8.
        config.setMinimumIdle(0);
        config.setAutoCommit(autocommit);
        return new HikariDataSource(config);
    }
}

package io.headwater.benchmarks;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** A raw connection with the backend's settings; the journal mode is stored in the file. */
final class SqliteConnection implements AutoCloseable {
    private final Connection connection;
    private final PreparedStatement begin;
    private final PreparedStatement commit;

    SqliteConnection(Path file) throws SQLException {
        connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        prepare("PRAGMA busy_timeout = 30000").execute();
        prepare("PRAGMA synchronous = FULL").execute();
        prepare("PRAGMA wal_autocheckpoint = 4000").execute();
        begin = prepare("BEGIN IMMEDIATE");
        commit = prepare("COMMIT");
    }

    PreparedStatement prepare(String sql) throws SQLException {
        return connection.prepareStatement(sql);
    }

    long number(String sql) throws SQLException {
        try (PreparedStatement statement = prepare(sql);
                ResultSet row = statement.executeQuery()) {
            return row.getLong(1);
        }
    }

    void begin() throws SQLException {
        begin.execute();
    }

    void commit() throws SQLException {
        commit.execute();
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new IllegalStateException("the raw connection cannot be closed", e);
        }
    }
}

package io.headwater.benchmarks;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * A database for measurements.
 *
 * @param url a URL of Headwater, without options
 */
record PostgresDatabase(String url) {
    private static final String FACTS = "SELECT split_part(version(), ' on ', 1) || '; fsync='"
            + " || current_setting('fsync') || ', synchronous_commit=' || current_setting('synchronous_commit')"
            + " || ', full_page_writes=' || current_setting('full_page_writes') || ', shared_buffers='"
            + " || current_setting('shared_buffers') || ', max_wal_size=' || current_setting('max_wal_size')";

    /** A raw connection. */
    Connection connect() throws SQLException {
        return DriverManager.getConnection(jdbcUrl());
    }

    /** Makes the driver prepare statements at once, as Headwater does, and merge batches of inserts. */
    String jdbcUrl() {
        URI parts = URI.create(url);
        String[] user = String.valueOf(parts.getUserInfo()).split(":", 2);
        return "jdbc:postgresql://%s:%s%s?user=%s&password=%s&prepareThreshold=1&reWriteBatchedInserts=true"
                .formatted(
                        parts.getHost(),
                        parts.getPort() < 0 ? 5432 : parts.getPort(),
                        parts.getPath(),
                        encoded(user[0]),
                        encoded(user.length == 1 ? "" : user[1]));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** Another database of the same server. */
    PostgresDatabase sibling(String name) {
        URI parts = URI.create(url);
        return new PostgresDatabase("%s://%s/%s".formatted(parts.getScheme(), parts.getRawAuthority(), name));
    }

    String facts() throws SQLException {
        return query(FACTS);
    }

    /** The only value that this statement selects. */
    String query(String sql) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }

    void execute(String sql) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}

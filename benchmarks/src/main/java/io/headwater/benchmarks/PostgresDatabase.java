package io.headwater.benchmarks;

import java.net.URI;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A database for measurements.
 *
 * @param url as Headwater takes it, without options
 */
record PostgresDatabase(String url) {
    private static final String FACTS = "SELECT split_part(version(), ' on ', 1) || '; fsync='"
            + " || current_setting('fsync') || ', synchronous_commit=' || current_setting('synchronous_commit')"
            + " || ', full_page_writes=' || current_setting('full_page_writes') || ', shared_buffers='"
            + " || current_setting('shared_buffers') || ', max_wal_size=' || current_setting('max_wal_size')";

    /** A raw connection, which prepares statements at once, as Headwater's do. */
    Connection connect() throws SQLException {
        URI parts = URI.create(url);
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl("jdbc:postgresql://%s:%d%s"
                .formatted(parts.getHost(), parts.getPort() < 0 ? 5432 : parts.getPort(), parts.getPath()));
        source.setPrepareThreshold(1);
        source.setReWriteBatchedInserts(true);
        String[] user = String.valueOf(parts.getUserInfo()).split(":", 2);
        source.setUser(user[0]);
        source.setPassword(user.length == 1 ? "" : user[1]);
        return source.getConnection();
    }

    String facts() throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(FACTS)) {
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

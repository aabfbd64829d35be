package io.headwater.benchmarks;

import java.nio.file.Path;
import java.sql.SQLException;

/** The baseline for reads from SQLite. */
final class SqliteReader {
    private static final String STREAM = "SELECT " + JdbcReader.COLUMNS
            + " FROM streams s CROSS JOIN events e INDEXED BY events_by_stream ON e.stream_key = s.stream_key"
            + " WHERE s.name = ? AND e.version >= s.first ORDER BY e.version";
    private static final String LOG = "SELECT " + JdbcReader.COLUMNS
            + " FROM events e NOT INDEXED CROSS JOIN streams s ON s.stream_key = e.stream_key"
            + " WHERE e.position > ? ORDER BY e.position LIMIT ?";
    private static final String CATEGORY = "SELECT " + JdbcReader.COLUMNS
            + " FROM events e INDEXED BY events_by_category CROSS JOIN streams s ON s.stream_key = e.stream_key"
            + " WHERE e.category_key = (SELECT category_key FROM categories WHERE name = ?) AND e.position > ?"
            + " ORDER BY e.position LIMIT ?";

    private SqliteReader() {}

    static Reader open(Path file) throws SQLException {
        SqliteConnection connection = new SqliteConnection(file);
        return new JdbcReader(
                connection.prepare(STREAM), connection.prepare(LOG), connection.prepare(CATEGORY), connection::close);
    }
}

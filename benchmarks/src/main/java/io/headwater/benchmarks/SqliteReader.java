package io.headwater.benchmarks;

import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Reads the same columns by JDBC into records that leave them as they are. */
final class SqliteReader implements Reader {
    private static final String COLUMNS =
            "e.position, s.name, e.version, e.event_id, e.type, e.content, e.data, e.metadata, e.recorded_at";
    private static final String STREAM = "SELECT " + COLUMNS
            + " FROM streams s CROSS JOIN events e INDEXED BY events_by_stream ON e.stream_key = s.stream_key"
            + " WHERE s.name = ? AND e.version >= s.first ORDER BY e.version";
    private static final String LOG = "SELECT " + COLUMNS
            + " FROM events e NOT INDEXED CROSS JOIN streams s ON s.stream_key = e.stream_key"
            + " WHERE e.position > ? ORDER BY e.position LIMIT ?";
    private static final String CATEGORY = "SELECT " + COLUMNS
            + " FROM events e INDEXED BY events_by_category CROSS JOIN streams s ON s.stream_key = e.stream_key"
            + " WHERE e.category_key = (SELECT category_key FROM categories WHERE name = ?) AND e.position > ?"
            + " ORDER BY e.position LIMIT ?";

    private final SqliteConnection connection;
    private final PreparedStatement stream;
    private final PreparedStatement log;
    private final PreparedStatement category;

    SqliteReader(Path file) throws SQLException {
        connection = new SqliteConnection(file);
        stream = connection.prepare(STREAM);
        log = connection.prepare(LOG);
        category = connection.prepare(CATEGORY);
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Row(
            long position,
            String stream,
            long version,
            byte[] id,
            String type,
            int content,
            byte[] data,
            byte[] metadata,
            long recordedAt) {}

    @Override
    public Tally stream(String name) throws SQLException {
        stream.setString(1, name);
        return read(stream);
    }

    @Override
    public Tally log(long after, int limit) throws SQLException {
        log.setLong(1, after);
        log.setInt(2, limit);
        return read(log);
    }

    @Override
    public Tally category(String name, long after, int limit) throws SQLException {
        category.setString(1, name);
        category.setLong(2, after);
        category.setInt(3, limit);
        return read(category);
    }

    private static Tally read(PreparedStatement query) throws SQLException {
        List<Row> rows = new ArrayList<>();
        try (ResultSet found = query.executeQuery()) {
            while (found.next()) {
                rows.add(row(found));
            }
        }
        Counter counter = new Counter();
        for (Row row : rows) {
            counter.add(row.version(), row.position(), row.data().length);
        }
        return counter.tally();
    }

    private static Row row(ResultSet found) throws SQLException {
        return new Row(
                found.getLong(1),
                found.getString(2),
                found.getLong(3),
                found.getBytes(4),
                found.getString(5),
                found.getInt(6),
                found.getBytes(7),
                found.getBytes(8),
                found.getLong(9));
    }

    @Override
    public void close() {
        connection.close();
    }
}

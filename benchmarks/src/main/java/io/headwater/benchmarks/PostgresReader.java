package io.headwater.benchmarks;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Reads the same columns by JDBC into records that leave them as they are. */
final class PostgresReader implements Reader {
    static final String COLUMNS =
            "e.position, s.name, e.version, e.event_id, e.type, e.content, e.data, e.metadata, e.recorded_at";

    private final Connection connection;
    private final PreparedStatement stream;
    private final PreparedStatement log;
    private final PreparedStatement category;

    PostgresReader(PostgresDatabase database, String namespace) throws SQLException {
        connection = database.connect();
        String events = namespace + ".events";
        String named = " e JOIN " + namespace + ".streams s ON s.stream_key = e.stream_key ";
        stream = connection.prepareStatement("SELECT " + COLUMNS + " FROM " + events + named
                + "WHERE s.name = ? AND e.version >= s.first ORDER BY e.version");
        String page = "SELECT " + COLUMNS + " FROM (SELECT * FROM " + events
                + " WHERE %sposition > ? ORDER BY position LIMIT ?)" + named + "ORDER BY e.position";
        log = connection.prepareStatement(page.formatted(""));
        category = connection.prepareStatement(page.formatted("category = ? AND "));
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Row(
            long position,
            String stream,
            long version,
            UUID id,
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
                found.getObject(4, UUID.class),
                found.getString(5),
                found.getInt(6),
                found.getBytes(7),
                found.getBytes(8),
                found.getLong(9));
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

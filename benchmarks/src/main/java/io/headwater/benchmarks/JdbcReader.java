package io.headwater.benchmarks;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the same columns by JDBC into records that keep them unchanged.
 *
 * @param stream has a name as parameter
 * @param log has a position and a limit as parameters
 * @param category has a name, a position and a limit as parameters
 * @param closing closes the connection of the statements
 */
record JdbcReader(PreparedStatement stream, PreparedStatement log, PreparedStatement category, Runnable closing)
        implements Reader {
    /** The columns that the statements select, of an event {@code e} and its stream {@code s}. */
    static final String COLUMNS =
            "e.position, s.name, e.version, e.event_id, e.type, e.content, e.data, e.metadata, e.recorded_at";

    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    private record Row(
            long position,
            String stream,
            long version,
            Object id,
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
        Tally.Counter counter = new Tally.Counter();
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
                found.getObject(4),
                found.getString(5),
                found.getInt(6),
                found.getBytes(7),
                found.getBytes(8),
                found.getLong(9));
    }

    @Override
    public void close() {
        closing.run();
    }
}

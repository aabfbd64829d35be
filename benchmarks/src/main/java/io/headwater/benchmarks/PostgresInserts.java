package io.headwater.benchmarks;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

/**
 * Inserts rows with a prepared statement, in a JDBC batch if there are several. A batch is one transaction, and the
 * driver merges its rows.
 */
final class PostgresInserts implements PostgresAppends.Rows {
    private final PreparedStatement insert;

    PostgresInserts(Connection connection, String namespace) throws SQLException {
        insert = connection.prepareStatement("INSERT INTO " + namespace + ".events (position, stream_key, version,"
                + " recorded_at, event_id, content, begins, ends, category, type, data, metadata)"
                + " VALUES (?, ?, ?, ?, ?, 0, ?, ?, 'account', ?, ?, ?)");
    }

    @Override
    public void insert(long stream, long afterVersion, long afterPosition, List<SampleEvent> events)
            throws SQLException {
        long now = System.currentTimeMillis() * 1000;
        for (int i = 0; i < events.size(); i++) {
            SampleEvent event = events.get(i);
            insert.setLong(1, afterPosition + i + 1);
            insert.setLong(2, stream);
            insert.setLong(3, afterVersion + i + 1);
            insert.setLong(4, now);
            insert.setObject(5, event.id());
            insert.setBoolean(6, i == 0);
            insert.setBoolean(7, i == events.size() - 1);
            insert.setString(8, event.type());
            insert.setBytes(9, event.data());
            insert.setBytes(10, event.encodedMetadata());
            if (events.size() > 1) {
                insert.addBatch();
            }
        }
        if (events.size() > 1) {
            insert.executeBatch();
        } else {
            insert.executeUpdate();
        }
    }
}

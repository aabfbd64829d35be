package io.headwater.sqlite;

import io.headwater.StreamId;
import io.headwater.jdbc.SqlFailure;
import io.headwater.jdbc.SqlSession;
import io.headwater.jdbc.StreamRow;
import io.headwater.spi.support.StreamBounds;
import io.headwater.spi.support.ValueCodes;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** The row of a stream within a transaction. What only some decisions need is read when it is requested. */
final class StoredStream extends StreamRow {
    private static final String BY_NAME =
            "SELECT stream_key, category_key, version, first, tombstoned, recent FROM streams WHERE name = ?";
    private static final Statements STATEMENTS = new Statements(
            "SELECT version FROM emptied WHERE stream_key = ?",
            "SELECT event_id, position, begins, ends FROM events"
                    + " WHERE stream_key = ? AND version BETWEEN ? AND ? ORDER BY version",
            row -> ValueCodes.uuid(row.getBytes(1)));

    private final @Nullable Long categoryKey;

    private StoredStream(
            SqlSession session, long key, @Nullable Long categoryKey, StreamBounds bounds, byte @Nullable [] recent) {
        super(session, STATEMENTS, key, bounds, recent);
        this.categoryKey = categoryKey;
    }

    /** The stream of this name. It has no row if there is none. */
    static StoredStream find(SqlSession session, StreamId stream) throws SQLException {
        return session.first(row -> of(session, row), BY_NAME, stream.value())
                .orElseGet(() -> new StoredStream(session, 0, null, StreamBounds.NONE, null));
    }

    /** As {@link #find}, where no {@link SQLException} can be thrown. */
    static StoredStream known(SqlSession session, StreamId stream) {
        return SqlFailure.carrying(() -> find(session, stream));
    }

    private static StoredStream of(SqlSession session, ResultSet row) throws SQLException {
        long categoryKey = row.getLong(2);
        return new StoredStream(
                session,
                row.getLong(1),
                row.wasNull() ? null : categoryKey,
                new StreamBounds(row.getLong(3), row.getLong(4), row.getBoolean(5)),
                row.getBytes(6));
    }

    @Nullable
    Long categoryKey() {
        return categoryKey;
    }
}

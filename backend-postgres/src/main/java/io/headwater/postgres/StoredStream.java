package io.headwater.postgres;

import io.headwater.StreamId;
import io.headwater.jdbc.SqlSession;
import io.headwater.jdbc.StreamRow;
import io.headwater.spi.support.StreamBounds;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The row of a stream as it was read. What only some decisions need is read on the same session when it is requested. */
final class StoredStream extends StreamRow {
    /** The columns that {@link #of} reads. */
    static final String COLUMNS = "stream_key, version, first, tombstoned, recent, name";

    private static final String READ = "SELECT " + COLUMNS + " FROM ${schema}.streams WHERE name = ? AND ${same_store}";
    private static final String LOCK = READ + " FOR UPDATE";
    private static final Statements STATEMENTS = new Statements(
            "SELECT version FROM ${schema}.emptied WHERE stream_key = ?",
            "SELECT event_id, position, begins, ends FROM ${schema}.events"
                    + " WHERE stream_key = ? AND version BETWEEN ? AND ? ORDER BY version",
            row -> row.getObject(1, UUID.class));

    private StoredStream(SqlSession session, long key, StreamBounds bounds, byte @Nullable [] recent) {
        super(session, STATEMENTS, key, bounds, recent);
    }

    /** The stream of this name, which no other transaction can change until this one ends. */
    static StoredStream locked(SqlSession session, StreamId stream) throws SQLException {
        return found(session, LOCK, stream);
    }

    /** The stream of this name, as it is now. */
    static StoredStream read(SqlSession session, StreamId stream) throws SQLException {
        return found(session, READ, stream);
    }

    /** The stream has no row if there is none. */
    private static StoredStream found(SqlSession session, String query, StreamId stream) throws SQLException {
        return session.first(row -> of(row, session), query, stream.value())
                .orElseGet(() -> new StoredStream(session, 0, StreamBounds.NONE, null));
    }

    static StoredStream of(ResultSet row, SqlSession session) throws SQLException {
        return new StoredStream(
                session,
                row.getLong(1),
                new StreamBounds(row.getLong(2), row.getLong(3), row.getBoolean(4)),
                row.getBytes(5));
    }
}

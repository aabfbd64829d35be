package io.headwater.postgres;

import io.headwater.StreamId;
import io.headwater.jdbc.JdbcAdmin;
import io.headwater.jdbc.SqlSession;
import io.headwater.jdbc.StreamRow;
import java.sql.SQLException;

/** Hides events. {@link PostgresScavenger} removes them. */
final class PostgresAdmin extends JdbcAdmin {
    private static final String HIDE = "UPDATE ${schema}.streams SET first = ? WHERE stream_key = ?";
    private static final String NOTE_EMPTY =
            "INSERT INTO ${schema}.emptied (stream_key, version) VALUES (?, ?) ON CONFLICT DO NOTHING";
    private static final String TOMBSTONE =
            "UPDATE ${schema}.streams SET first = version + 1, tombstoned = true WHERE stream_key = ?";
    private static final String TOMBSTONE_NEW =
            "INSERT INTO ${schema}.streams (name, category, version, tombstoned) VALUES (?, ?, 0, true)";

    PostgresAdmin(Database database) {
        super(database, HIDE, NOTE_EMPTY);
    }

    /** If another transaction creates the stream at the same moment, the insert fails, and the transaction starts again. */
    @Override
    protected StreamRow locked(SqlSession session, StreamId id) throws SQLException {
        return StoredStream.locked(session, id);
    }

    /** A stream that others make at the same moment makes the insert fail, and the transaction begin again. */
    @Override
    protected void tombstone(SqlSession session, StreamId id, StreamRow stream) throws SQLException {
        if (stream.hasRow()) {
            session.update(TOMBSTONE, stream.key());
        } else {
            session.update(TOMBSTONE_NEW, id.value(), id.category().orElse(null));
        }
    }
}

package io.headwater.sqlite;

import io.headwater.StreamId;
import io.headwater.jdbc.JdbcAdmin;
import io.headwater.jdbc.SqlSession;
import io.headwater.jdbc.StreamRow;
import java.sql.SQLException;

/** Hides events. {@link SqliteScavenger} removes them. */
final class SqliteAdmin extends JdbcAdmin {
    private static final String HIDE = "UPDATE streams SET first = ? WHERE stream_key = ?";
    static final String NOTE_EMPTY = "INSERT OR IGNORE INTO emptied (stream_key, version) VALUES (?, ?)";
    private static final String TOMBSTONE = """
            INSERT INTO streams (name, category_key, version, first, tombstoned) VALUES (?, ?, 0, 1, 1)
            ON CONFLICT (name) DO UPDATE SET first = version + 1, tombstoned = 1""";

    SqliteAdmin(FileCalls calls) {
        super(calls.hiding(), HIDE, NOTE_EMPTY);
    }

    @Override
    protected StreamRow locked(SqlSession session, StreamId id) throws SQLException {
        return StoredStream.find(session, id);
    }

    @Override
    protected void tombstone(SqlSession session, StreamId id, StreamRow stream) throws SQLException {
        Long categoryKey = id.category().isPresent()
                ? Categories.key(session, id.category().get())
                : null;
        session.update(TOMBSTONE, id.value(), categoryKey);
    }
}

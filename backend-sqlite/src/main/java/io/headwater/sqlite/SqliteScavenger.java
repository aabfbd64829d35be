package io.headwater.sqlite;

import io.headwater.jdbc.JdbcScavenger;
import io.headwater.jdbc.SqlSession;
import java.sql.SQLException;

/** Removes hidden events. The floor prevents that the positions of the last ones are given again. */
final class SqliteScavenger extends JdbcScavenger {
    private static final String STREAMS_WITH_HIDDEN_EVENTS = """
            SELECT stream_key, first FROM streams s
            WHERE first > 1 AND EXISTS
                (SELECT 1 FROM events e WHERE e.stream_key = s.stream_key AND e.version < s.first)""";
    private static final String RAISE_FLOOR =
            "UPDATE store SET log_floor = max(log_floor, ifnull((SELECT max(position) FROM events), 0))";
    private static final String REMOVE = """
            DELETE FROM events WHERE position IN
                (SELECT position FROM events WHERE stream_key = ? AND version < ? ORDER BY version LIMIT ?)""";

    SqliteScavenger(FileCalls calls) {
        super(calls, STREAMS_WITH_HIDDEN_EVENTS);
    }

    @Override
    protected int remove(SqlSession session, long streamKey, long first, int limit) throws SQLException {
        session.update(RAISE_FLOOR);
        return session.update(REMOVE, streamKey, first, limit);
    }
}

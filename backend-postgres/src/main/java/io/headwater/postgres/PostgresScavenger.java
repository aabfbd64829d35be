package io.headwater.postgres;

import io.headwater.jdbc.JdbcScavenger;
import io.headwater.jdbc.SqlSession;
import java.sql.SQLException;

/**
 * Removes hidden events. The mark does not change, even if the last event of the log is removed. Events beyond the mark stay
 * until the next scavenge, as no reader has read them in the log yet.
 */
final class PostgresScavenger extends JdbcScavenger {
    private static final String STREAMS_WITH_HIDDEN_EVENTS = """
            SELECT stream_key, first FROM ${schema}.streams s
            WHERE ${same_store} AND first > 1 AND EXISTS
                (SELECT 1 FROM ${schema}.events e WHERE e.stream_key = s.stream_key AND e.version < s.first)""";
    private static final String RAISE_FLOOR =
            "UPDATE ${schema}.store SET log_floor = greatest(log_floor, ?) WHERE ${same_store}";
    private static final String ALLOW = "SET LOCAL headwater.scavenge = 'on'";
    private static final String REMOVE = """
            DELETE FROM ${schema}.events WHERE ${same_store} AND position IN
                (SELECT position FROM ${schema}.events WHERE stream_key = ? AND version < ? AND position <= ?
                ORDER BY version LIMIT ?)""";

    private final LogHead head;

    PostgresScavenger(Database database, LogHead head) {
        super(database, STREAMS_WITH_HIDDEN_EVENTS);
        this.head = head;
    }

    @Override
    protected int remove(SqlSession session, long streamKey, long first, int limit) throws SQLException {
        long mark = head.now(session);
        session.update(RAISE_FLOOR, mark);
        session.execute(ALLOW);
        return session.update(REMOVE, streamKey, first, mark, limit);
    }
}

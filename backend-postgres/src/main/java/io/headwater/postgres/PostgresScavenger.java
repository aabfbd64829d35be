package io.headwater.postgres;

import io.headwater.Scavenger;
import java.sql.SQLException;
import java.util.List;

/** Removes hidden events, a stream and a limited number at a time. */
final class PostgresScavenger implements Scavenger {
    private static final int EVENTS_AT_A_TIME = 2000;

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

    private final Database database;
    private final LogHead head;

    PostgresScavenger(Database database, LogHead head) {
        this.database = database;
        this.head = head;
    }

    /** A stream and the lowest version of it that stays. */
    private record Hidden(long streamKey, long first) {}

    /**
     * The mark stays where it is, also when the last event of the log is removed. Events beyond it stay until next time: nobody
     * has read them in the log yet.
     */
    @Override
    public long scavenge() {
        List<Hidden> streams = database.read(
                session -> session.list(row -> new Hidden(row.getLong(1), row.getLong(2)), STREAMS_WITH_HIDDEN_EVENTS));
        return streams.stream().mapToLong(this::remove).sum();
    }

    private long remove(Hidden stream) {
        long removed = 0;
        int some;
        do {
            some = database.transaction(session -> remove(session, stream));
            removed += some;
        } while (some == EVENTS_AT_A_TIME);
        return removed;
    }

    private int remove(Session session, Hidden stream) throws SQLException {
        long mark = head.now(session);
        session.update(RAISE_FLOOR, mark);
        session.execute(ALLOW);
        return session.update(REMOVE, stream.streamKey(), stream.first(), mark, EVENTS_AT_A_TIME);
    }
}

package io.headwater.sqlite;

import io.headwater.Scavenger;
import java.sql.SQLException;
import java.util.List;

/** Removes hidden events, a stream and a limited number at a time, so that appends are not held up for long. */
final class SqliteScavenger implements Scavenger {
    private static final int EVENTS_AT_A_TIME = 2000;

    private static final String STREAMS_WITH_HIDDEN_EVENTS = """
            SELECT stream_key, first FROM streams s
            WHERE first > 1 AND EXISTS
                (SELECT 1 FROM events e WHERE e.stream_key = s.stream_key AND e.version < s.first)""";
    private static final String RAISE_FLOOR =
            "UPDATE store SET log_floor = max(log_floor, ifnull((SELECT max(position) FROM events), 0))";
    private static final String REMOVE = """
            DELETE FROM events WHERE position IN
                (SELECT position FROM events WHERE stream_key = ? AND version < ? ORDER BY version LIMIT ?)""";

    private final Writes writes;
    private final Reads sessions;

    SqliteScavenger(Writes writes, Reads sessions) {
        this.writes = writes;
        this.sessions = sessions;
    }

    /** A stream and the lowest version of it that stays. */
    private record Hidden(long streamKey, long first) {}

    @Override
    public long scavenge() {
        List<Hidden> streams = sessions.read(
                session -> session.list(row -> new Hidden(row.getLong(1), row.getLong(2)), STREAMS_WITH_HIDDEN_EVENTS));
        return streams.stream().mapToLong(this::remove).sum();
    }

    private long remove(Hidden stream) {
        long removed = 0;
        int some;
        do {
            some = writes.submit(transaction -> remove(transaction.session(), stream));
            removed += some;
        } while (some == EVENTS_AT_A_TIME);
        return removed;
    }

    private static int remove(Session session, Hidden stream) throws SQLException {
        session.update(RAISE_FLOOR);
        return session.update(REMOVE, stream.streamKey(), stream.first(), EVENTS_AT_A_TIME);
    }
}

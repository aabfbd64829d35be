package io.headwater.jdbc;

import io.headwater.Scavenger;
import java.sql.SQLException;
import java.util.List;

/** Removes hidden events, a limited number of one stream in each transaction, so that appends do not wait for long. */
public abstract class JdbcScavenger implements Scavenger {
    private static final int EVENTS_AT_A_TIME = 2000;

    private final SqlCalls<?> calls;
    private final String streams;

    /**
     * With this statement.
     *
     * @param streams gives the key and the first version that stays of each stream that has hidden events
     */
    protected JdbcScavenger(SqlCalls<?> calls, String streams) {
        this.calls = calls;
        this.streams = streams;
    }

    /** Removes events of a stream before a version, up to a limit, within a transaction. Returns how many. */
    protected abstract int remove(SqlSession session, long streamKey, long first, int limit) throws SQLException;

    /** A stream and the lowest version of it that stays. */
    private record Hidden(long streamKey, long first) {}

    @Override
    public final long scavenge() {
        List<Hidden> hidden =
                calls.read(session -> session.list(row -> new Hidden(row.getLong(1), row.getLong(2)), streams));
        return hidden.stream().mapToLong(this::remove).sum();
    }

    private long remove(Hidden stream) {
        long removed = 0;
        int some;
        do {
            some = calls.transaction(session -> remove(session, stream.streamKey, stream.first, EVENTS_AT_A_TIME));
            removed += some;
        } while (some == EVENTS_AT_A_TIME);
        return removed;
    }
}

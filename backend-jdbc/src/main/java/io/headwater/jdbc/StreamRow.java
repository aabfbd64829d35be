package io.headwater.jdbc;

import io.headwater.spi.Positions;
import io.headwater.spi.support.RecentAppends;
import io.headwater.spi.support.StreamBounds;
import io.headwater.spi.support.StreamState;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The row of a stream as it was read. What only some decisions need is read on the same session when it is requested. */
public abstract class StreamRow implements StreamState {
    private final SqlSession session;
    private final Statements statements;
    private final long key;
    private final StreamBounds bounds;
    private final byte @Nullable [] recent;

    /**
     * What is read when it is requested.
     *
     * @param emptied takes the key; gives the versions at which the stream became empty
     * @param events takes the key and the first and last version; gives id, position, and whether the event is the first and
     *     the last of its append, in the order of versions
     * @param id reads an id from a row
     */
    public record Statements(String emptied, String events, SqlSession.RowMapper<UUID> id) {}

    /**
     * A row.
     *
     * @param key 0 for a stream without a row
     * @param recent see {@link RecentAppends}
     */
    protected StreamRow(
            SqlSession session, Statements statements, long key, StreamBounds bounds, byte @Nullable [] recent) {
        this.session = session;
        this.statements = statements;
        this.key = key;
        this.bounds = bounds;
        this.recent = recent;
    }

    /** Whether the stream has a row. */
    public final boolean hasRow() {
        return key != 0;
    }

    /** The key of the row; 0 for a stream without one. */
    public final long key() {
        return key;
    }

    /** The recent appends of the stream, as stored. */
    public final byte @Nullable [] recentBytes() {
        return recent;
    }

    @Override
    public final StreamBounds bounds() {
        return bounds;
    }

    @Override
    public final List<RecentAppend> recent() {
        return RecentAppends.decode(recent);
    }

    @Override
    public final List<Long> emptied() {
        return SqlFailure.carrying(() -> session.list(row -> row.getLong(1), statements.emptied, key));
    }

    @Override
    public final List<StoredEvent> events(long afterVersion, int count) {
        return SqlFailure.carrying(
                () -> session.list(this::event, statements.events, key, afterVersion + 1, afterVersion + count));
    }

    private StoredEvent event(ResultSet row) throws SQLException {
        return new StoredEvent(
                statements.id.map(row), Positions.of(row.getLong(2)), row.getBoolean(3), row.getBoolean(4));
    }
}

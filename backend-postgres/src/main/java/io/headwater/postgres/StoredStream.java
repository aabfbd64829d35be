package io.headwater.postgres;

import io.headwater.Position;
import io.headwater.StreamId;
import io.headwater.spi.Positions;
import io.headwater.spi.RecentAppends;
import io.headwater.spi.StreamState;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A stream's row as it was found. What only some decisions need is read on the same session when it is asked for. */
final class StoredStream implements StreamState {
    /** Columns, as {@link #of} takes them. */
    static final String COLUMNS = "stream_key, version, first, tombstoned, recent, name";

    private static final String READ = "SELECT " + COLUMNS + " FROM ${schema}.streams WHERE name = ? AND ${same_store}";
    private static final String LOCK = READ + " FOR UPDATE";
    private static final String EMPTIED = "SELECT version FROM ${schema}.emptied WHERE stream_key = ?";
    private static final String EVENTS = "SELECT event_id, position, begins, ends FROM ${schema}.events"
            + " WHERE stream_key = ? AND version BETWEEN ? AND ? ORDER BY version";

    private final Session session;
    private final long key;
    private final long version;
    private final long first;
    private final boolean tombstoned;
    private final byte @Nullable [] recent;

    private StoredStream(
            Session session, long key, long version, long first, boolean tombstoned, byte @Nullable [] recent) {
        this.session = session;
        this.key = key;
        this.version = version;
        this.first = first;
        this.tombstoned = tombstoned;
        this.recent = recent;
    }

    /** A stream that was never written. */
    static StoredStream missing(Session session) {
        return new StoredStream(session, 0, 0, 1, false, null);
    }

    /** The stream of this name, which nobody else can change until the transaction ends. */
    static StoredStream locked(Session session, StreamId stream) throws SQLException {
        return found(session, LOCK, stream);
    }

    /** The stream of this name, as it is now. */
    static StoredStream read(Session session, StreamId stream) throws SQLException {
        return found(session, READ, stream);
    }

    private static StoredStream found(Session session, String query, StreamId stream) throws SQLException {
        return session.first(row -> of(row, session), query, stream.value()).orElseGet(() -> missing(session));
    }

    static StoredStream of(ResultSet row, Session session) throws SQLException {
        return new StoredStream(
                session, row.getLong(1), row.getLong(2), row.getLong(3), row.getBoolean(4), row.getBytes(5));
    }

    boolean hasRow() {
        return key != 0;
    }

    long key() {
        return key;
    }

    @Override
    public long version() {
        return version;
    }

    /** The lowest version that can be read; the next version when there is none. */
    long first() {
        return first;
    }

    @Override
    public boolean live() {
        return first <= version;
    }

    @Override
    public boolean tombstoned() {
        return tombstoned;
    }

    byte @Nullable [] recentBytes() {
        return recent;
    }

    @Override
    public List<RecentAppend> recent() {
        return RecentAppends.decode(recent);
    }

    @Override
    public List<Long> emptied() {
        return SqlFailure.carrying(() -> session.list(row -> row.getLong(1), EMPTIED, key));
    }

    @Override
    public Optional<Position> find(long afterVersion, List<UUID> ids) {
        List<Found> found = SqlFailure.carrying(
                () -> session.list(Found::of, EVENTS, key, afterVersion + 1, afterVersion + ids.size()));
        boolean same = found.stream().map(Found::id).toList().equals(ids);
        return same && isOneAppend(found) ? Optional.of(found.get(found.size() - 1).position) : Optional.empty();
    }

    private static boolean isOneAppend(List<Found> events) {
        long borders = events.stream().filter(Found::begins).count()
                + events.stream().filter(Found::ends).count();
        return borders == 2 && events.get(0).begins && events.get(events.size() - 1).ends;
    }

    /** An event, as far as it takes to recognise a repeat. */
    private record Found(UUID id, Position position, boolean begins, boolean ends) {
        static Found of(ResultSet row) throws SQLException {
            return new Found(
                    row.getObject(1, UUID.class), Positions.of(row.getLong(2)), row.getBoolean(3), row.getBoolean(4));
        }
    }
}

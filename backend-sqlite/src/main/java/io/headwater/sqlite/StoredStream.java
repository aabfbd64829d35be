package io.headwater.sqlite;

import io.headwater.Position;
import io.headwater.StreamId;
import io.headwater.spi.Positions;
import io.headwater.spi.RecentAppends;
import io.headwater.spi.StoredValues;
import io.headwater.spi.StreamState;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A stream's row, as it is within a transaction. What only some decisions need is read when it is asked for. */
final class StoredStream implements StreamState {
    private static final String BY_NAME =
            "SELECT stream_key, category_key, version, first, tombstoned, recent FROM streams WHERE name = ?";
    private static final String EMPTIED = "SELECT version FROM emptied WHERE stream_key = ?";
    private static final String EVENTS = "SELECT event_id, position, begins, ends FROM events"
            + " WHERE stream_key = ? AND version BETWEEN ? AND ? ORDER BY version";

    private final Session session;
    private final long key;
    private final @Nullable Long categoryKey;
    private final long version;
    private final long first;
    private final boolean tombstoned;
    private final byte @Nullable [] recent;

    private StoredStream(
            Session session,
            long key,
            @Nullable Long categoryKey,
            long version,
            long first,
            boolean tombstoned,
            byte @Nullable [] recent) {
        this.session = session;
        this.key = key;
        this.categoryKey = categoryKey;
        this.version = version;
        this.first = first;
        this.tombstoned = tombstoned;
        this.recent = recent;
    }

    /** The stream of this name; one without a row if there is none. */
    static StoredStream find(Session session, StreamId stream) throws SQLException {
        return session.first(row -> of(session, row), BY_NAME, stream.value())
                .orElseGet(() -> new StoredStream(session, 0, null, 0, 1, false, null));
    }

    private static StoredStream of(Session session, ResultSet row) throws SQLException {
        long categoryKey = row.getLong(2);
        return new StoredStream(
                session,
                row.getLong(1),
                row.wasNull() ? null : categoryKey,
                row.getLong(3),
                row.getLong(4),
                row.getBoolean(5),
                row.getBytes(6));
    }

    boolean hasRow() {
        return key != 0;
    }

    long key() {
        return key;
    }

    @Nullable
    Long categoryKey() {
        return categoryKey;
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
                    StoredValues.uuid(row.getBytes(1)),
                    Positions.of(row.getLong(2)),
                    row.getBoolean(3),
                    row.getBoolean(4));
        }
    }
}

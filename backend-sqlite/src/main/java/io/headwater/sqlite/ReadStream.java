package io.headwater.sqlite;

import io.headwater.Direction;
import io.headwater.StreamDeleted;
import io.headwater.StreamId;
import io.headwater.spi.StreamPage;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Reads a page of a stream by its index. One statement reads the row of the stream, the events and the id of the store. */
final class ReadStream {
    private static final int STREAM = EventRow.WIDTH + 1;
    private static final String SELECT = "SELECT " + EventRow.COLUMNS + ", s.version, s.first, s.tombstoned, ("
            + SameStore.ID + ") FROM streams s LEFT JOIN events e INDEXED BY events_by_stream"
            + " ON e.stream_key = s.stream_key AND e.version BETWEEN ";
    private static final String FORWARDS =
            SELECT + "max(?, s.first) AND s.version WHERE s.name = ? ORDER BY e.version LIMIT ?";
    private static final String BACKWARDS = SELECT + "s.first AND ? WHERE s.name = ? ORDER BY e.version DESC LIMIT ?";

    private final Reads sessions;
    private final SameStore store;

    /**
     * Reads on these sessions.
     *
     * @param store the store that the file has to contain; each read checks it
     */
    ReadStream(Reads sessions, SameStore store) {
        this.sessions = sessions;
        this.store = store;
    }

    StreamPage read(StreamId stream, Direction direction, long from, int limit) {
        return sessions.read(session -> read(session, stream, direction, from, limit));
    }

    private StreamPage read(Session session, StreamId stream, Direction direction, long from, int limit)
            throws SQLException {
        String sql = direction == Direction.FORWARDS ? FORWARDS : BACKWARDS;
        try (ResultSet rows =
                session.statement(sql, from, stream.value(), limit).executeQuery()) {
            if (rows.next()) {
                return page(rows, stream, limit);
            }
        }
        store.check(session);
        return new StreamPage(0, 1, List.of());
    }

    private StreamPage page(ResultSet rows, StreamId stream, int limit) throws SQLException {
        store.check(Optional.ofNullable(rows.getString(STREAM + 3)));
        if (rows.getBoolean(STREAM + 2)) {
            throw new StreamDeleted(stream);
        }
        long version = rows.getLong(STREAM);
        long first = rows.getLong(STREAM + 1);
        boolean isEmpty = rows.getObject(1) == null;
        EventPage page = isEmpty ? EventPage.EMPTY : EventPage.read(rows, limit, row -> EventRow.read(row, stream));
        return new StreamPage(version, first, page.events());
    }
}

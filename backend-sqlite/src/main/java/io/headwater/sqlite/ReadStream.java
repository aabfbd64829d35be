package io.headwater.sqlite;

import io.headwater.Direction;
import io.headwater.StreamDeleted;
import io.headwater.StreamId;
import io.headwater.spi.StreamPage;
import java.sql.SQLException;

/** Reads a page of a stream by its index. */
final class ReadStream {
    private static final String SELECT = "SELECT " + EventRow.COLUMNS
            + " FROM events e INDEXED BY events_by_stream CROSS JOIN streams s ON s.stream_key = e.stream_key"
            + " WHERE e.stream_key = ? AND e.version BETWEEN ? AND ? ORDER BY e.version ";
    private static final String FORWARDS = SELECT + "LIMIT ?";
    private static final String BACKWARDS = SELECT + "DESC LIMIT ?";

    private final Reads reads;

    ReadStream(Reads reads) {
        this.reads = reads;
    }

    StreamPage read(StreamId id, Direction direction, long from, int limit) {
        return reads.read(snapshot -> read(snapshot, id, direction, from, limit));
    }

    private static StreamPage read(Session session, StreamId id, Direction direction, long from, int limit)
            throws SQLException {
        StoredStream stream = StoredStream.find(session, id);
        if (stream.tombstoned()) {
            throw new StreamDeleted(id);
        }
        boolean forwards = direction == Direction.FORWARDS;
        long least = forwards ? Math.max(from, stream.first()) : stream.first();
        long most = forwards ? stream.version() : from;
        String query = forwards ? FORWARDS : BACKWARDS;
        EventPage page = EventPage.read(session, limit, query, stream.key(), least, most, limit);
        return new StreamPage(stream.version(), stream.first(), page.events());
    }
}

package io.headwater.postgres;

import io.headwater.Direction;
import io.headwater.RecordedEvent;
import io.headwater.StreamDeleted;
import io.headwater.StreamId;
import io.headwater.spi.StreamPage;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Reads a page of a stream by its index, together with the stream's row: a statement sees both as of one moment. */
final class ReadStream {
    private static final String FORWARDS = query("BETWEEN greatest(?, s.first) AND s.version", "version");
    private static final String BACKWARDS = query("BETWEEN s.first AND ?", "version DESC");

    private final Database database;

    ReadStream(Database database) {
        this.database = database;
    }

    private static String query(String versions, String order) {
        return "SELECT found.*, s.version, s.first, s.tombstoned FROM ${schema}.streams s LEFT JOIN LATERAL ("
                + EventPage.limited(
                        "SELECT " + EventRow.COLUMNS + " FROM ${schema}.events e WHERE e.stream_key = s.stream_key"
                                + " AND NOT s.tombstoned AND e.version " + versions + " ORDER BY e." + order
                                + " LIMIT ?",
                        order)
                + ") found ON true WHERE s.name = ? ORDER BY found." + order;
    }

    /** A row: the stream, and one of its events if there is any. */
    private record Row(long version, long first, boolean tombstoned, Optional<RecordedEvent> event) {
        static Row of(ResultSet row, StreamId stream) throws SQLException {
            boolean found = row.getObject(1) != null;
            return new Row(
                    row.getLong(10),
                    row.getLong(11),
                    row.getBoolean(12),
                    found ? Optional.of(EventRow.read(row).apply(stream)) : Optional.empty());
        }
    }

    StreamPage read(StreamId id, Direction direction, long from, int limit) {
        String query = direction == Direction.FORWARDS ? FORWARDS : BACKWARDS;
        List<Row> rows = database.read(session -> session.list(row -> Row.of(row, id), query, from, limit, id.value()));
        if (rows.isEmpty()) {
            return new StreamPage(0, 1, List.of());
        }
        Row stream = rows.get(0);
        if (stream.tombstoned()) {
            throw new StreamDeleted(id);
        }
        List<RecordedEvent> events =
                rows.stream().map(Row::event).flatMap(Optional::stream).toList();
        return new StreamPage(stream.version(), stream.first(), events);
    }
}

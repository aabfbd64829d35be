package io.headwater.postgres;

import io.headwater.Direction;
import io.headwater.RecordedEvent;
import io.headwater.StreamDeleted;
import io.headwater.StreamId;
import io.headwater.spi.StreamPage;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads a page of a stream by its index, together with the row of the stream; a statement sees both as of one moment. Adding
 * up the bytes of a page would take the server about as long as finding its events, so a second statement does that, and
 * only for streams that have large events.
 */
final class ReadStream {
    private static final Queries FORWARDS = Queries.of(
            "BETWEEN greatest(?, s.first) AND s.version", "version", Comparator.comparingLong(RecordedEvent::version));
    private static final Queries BACKWARDS = Queries.of(
            "BETWEEN s.first AND ?",
            "version DESC",
            Comparator.comparingLong(RecordedEvent::version).reversed());

    private final Database database;

    ReadStream(Database database) {
        this.database = database;
    }

    /**
     * The statements for a direction.
     *
     * @param small finds no events if one of them is large
     * @param any ends a page by its size
     */
    private record Queries(String small, String any, Comparator<RecordedEvent> order) {
        static Queries of(String versions, String sqlOrder, Comparator<RecordedEvent> order) {
            String page = "SELECT " + EventRow.COLUMNS + " FROM ${schema}.events e WHERE e.stream_key = s.stream_key"
                    + " AND NOT s.tombstoned AND e.version " + versions + "%s ORDER BY e." + sqlOrder + " LIMIT ?";
            String noneIsLarge =
                    " AND NOT EXISTS (SELECT FROM ${schema}.events l WHERE l.stream_key = s.stream_key AND "
                            + EventPage.isLarge("l") + ")";
            return new Queries(
                    withStream(page.formatted(noneIsLarge)),
                    withStream(EventPage.limited(page.formatted(""), sqlOrder)),
                    order);
        }

        private static String withStream(String page) {
            return "SELECT found.*, s.version AS stream_version, s.first AS stream_first, s.tombstoned"
                    + " FROM ${schema}.streams s LEFT JOIN LATERAL (" + page
                    + ") found ON true WHERE s.name = ? AND ${same_store}";
        }
    }

    /** The row of a stream. */
    private record StreamRow(long version, long first, boolean tombstoned) {
        static StreamRow of(ResultSet row) throws SQLException {
            return new StreamRow(
                    row.getLong("stream_version"), row.getLong("stream_first"), row.getBoolean("tombstoned"));
        }
    }

    /** The result of a statement: the stream, if it exists, and its events. */
    private static final class Found {
        private final List<RecordedEvent> events = new ArrayList<>();
        private @Nullable StreamRow stream;

        static Found by(Session session, String sql, StreamId id, long from, int limit) throws SQLException {
            Found found = new Found();
            session.each(row -> found.add(row, id), sql, from, limit, id.value());
            return found;
        }

        /** Each row repeats the stream. A stream without events has one row without an event. */
        private void add(ResultSet row, StreamId id) throws SQLException {
            if (stream == null) {
                stream = StreamRow.of(row);
                row.getLong(1);
                if (row.wasNull()) {
                    return;
                }
            }
            events.add(EventRow.read(row).apply(id));
        }

        /** Whether events were left out because some of them are large. */
        boolean isLeftOut(Direction direction, long from) {
            return stream != null
                    && events.isEmpty()
                    && !stream.tombstoned
                    && stream.first <= stream.version
                    && (direction == Direction.FORWARDS ? from <= stream.version : from >= stream.first);
        }

        StreamPage page(StreamId id, Comparator<RecordedEvent> order) {
            if (stream == null) {
                return new StreamPage(0, 1, List.of());
            }
            if (stream.tombstoned) {
                throw new StreamDeleted(id);
            }
            events.sort(order);
            return new StreamPage(stream.version, stream.first, events);
        }
    }

    StreamPage read(StreamId id, Direction direction, long from, int limit) {
        Queries queries = direction == Direction.FORWARDS ? FORWARDS : BACKWARDS;
        return database.read(session -> {
            Found found = Found.by(session, queries.small, id, from, limit);
            return (found.isLeftOut(direction, from) ? Found.by(session, queries.any, id, from, limit) : found)
                    .page(id, queries.order);
        });
    }
}

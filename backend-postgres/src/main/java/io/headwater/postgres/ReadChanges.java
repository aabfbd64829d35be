package io.headwater.postgres;

import io.headwater.LogFilter;
import io.headwater.Position;
import io.headwater.RecordedEvent;
import io.headwater.StreamId;
import io.headwater.jdbc.SqlFailure;
import io.headwater.spi.Change;
import io.headwater.spi.Change.Tombstoned;
import io.headwater.spi.Change.Truncated;
import io.headwater.spi.ChangePage;
import io.headwater.spi.Positions;
import io.headwater.spi.support.ChangePageBuilder;
import io.headwater.spi.support.ChangePageBuilder.Row;
import io.headwater.spi.support.LogPages;
import io.headwater.spi.support.RecentAppends;
import io.headwater.spi.support.StoredValues;
import io.headwater.spi.support.StreamState.RecentAppend;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads a page of changes, up to a mark that is decided. */
final class ReadChanges {
    private static final int MAX_EVENTS = 2_000;

    private static final String HIDDEN = """
            SELECT c.position, (SELECT s.name FROM ${schema}.streams s WHERE s.stream_key = c.stream_key), c.first, c.tombstoned
            FROM ${schema}.stream_changes c
            WHERE c.position BETWEEN ? AND ? AND ${same_store} ORDER BY c.position LIMIT (SELECT ?)""";

    /** The event that fills a page, by its number or by the bytes up to it. */
    private static final String FILLS = """
            SELECT position FROM (
                SELECT position, row_number() OVER (ORDER BY position) AS place,
                    sum(octet_length(data)) OVER (ORDER BY position ROWS UNBOUNDED PRECEDING) AS bytes
                FROM (SELECT position, data FROM ${schema}.events WHERE position BETWEEN ? AND ? AND ${same_store}
                    ORDER BY position LIMIT (SELECT ?)) page) counted
            WHERE place = ? OR bytes >= ? ORDER BY position LIMIT 1""";

    /** The end of the append of an event: that of its ticket or, for an event that was moved here, what lies before the next append. */
    private static final String END_OF_APPEND = """
            SELECT CASE WHEN e.append_begins IS NULL THEN e.position | 65535
                ELSE coalesce((SELECT n.position - 1 FROM ${schema}.events n
                    WHERE n.position > e.position AND n.append_begins IS DISTINCT FROM false ORDER BY n.position LIMIT 1),
                    9223372036854775807) END
            FROM ${schema}.events e WHERE e.position = ? AND ${same_store}""";

    private static final String EVENTS = "SELECT " + EventRow.COLUMNS + ", " + StreamNames.NAME
            + ", e.begins, e.append_begins FROM (SELECT * FROM ${schema}.events WHERE position BETWEEN ? AND ?"
            + " AND ${same_store} ORDER BY position LIMIT (SELECT ?)) e ORDER BY position";

    private static final String RECENT =
            "SELECT name, recent FROM ${schema}.streams WHERE name = ANY (?) AND ${same_store}";

    private final Session session;
    private final LogFilter filter;
    private final int limit;

    ReadChanges(Session session, LogFilter filter, int limit) {
        this.session = session;
        this.filter = filter;
        this.limit = limit;
    }

    /** A stored event and the columns that say where appends begin. */
    private record Stored(
            RecordedEvent event, boolean begins, @Nullable Boolean beginsAppend) {}

    ChangePage after(Position after, long mark) throws SQLException {
        Position head = Positions.of(mark);
        if (!head.isAfter(after)) {
            return new ChangePage(List.of(), after, false);
        }
        long from = Positions.number(after) + 1;
        List<Change> hidden = session.list(ReadChanges::hidden, HIDDEN, from, mark, limit);
        long end = endOfPage(from, hidden.size() < limit ? mark : number(hidden.get(limit - 1)));
        List<Stored> stored = session.list(ReadChanges::stored, EVENTS, from, end, Integer.MAX_VALUE);
        ChangePageBuilder page = new ChangePageBuilder(filter, limit, hidden);
        Stored before = null;
        for (Stored event : stored) {
            if (!page.add(row(event, before))) {
                break;
            }
            before = event;
        }
        Map<StreamId, List<RecentAppend>> recent = recent(stored);
        return page.build(Positions.of(end), head, stream -> recent.getOrDefault(stream, List.of()));
    }

    /** The events that fill a page, and the rest of the append of the last one, are read at once. */
    private long endOfPage(long from, long end) throws SQLException {
        int events = Math.min(limit, MAX_EVENTS);
        return session.first(row -> row.getLong(1), FILLS, from, end, events, events, LogPages.MAX_BYTES)
                .map(last -> Math.min(end, endOfAppend(last)))
                .orElse(end);
    }

    private long endOfAppend(long position) {
        return SqlFailure.carrying(() -> session.number(END_OF_APPEND, position));
    }

    private static Change hidden(ResultSet row) throws SQLException {
        Position position = Positions.of(row.getLong(1));
        StreamId stream = StreamId.of(row.getString(2));
        return row.getBoolean(4) ? new Tombstoned(position, stream) : new Truncated(position, stream, row.getLong(3));
    }

    private static long number(Change change) {
        return Positions.number(
                change instanceof Truncated truncated ? truncated.position() : ((Tombstoned) change).position());
    }

    private static Stored stored(ResultSet row) throws SQLException {
        try {
            RecordedEvent event = EventRow.read(row).apply(StreamId.of(row.getString(9)));
            return new Stored(event, row.getBoolean(10), (Boolean) row.getObject(11));
        } catch (RuntimeException e) {
            throw StoredValues.damaged("event at position " + row.getLong(1), e);
        }
    }

    /** What a scavenge left of an append begins with another event than its first. */
    private static Row row(Stored stored, @Nullable Stored before) {
        boolean continues = before != null
                && (stored.beginsAppend == null
                        ? before.beginsAppend == null && ticket(before.event) == ticket(stored.event)
                        : !stored.beginsAppend && isNext(before.event, stored.event));
        boolean sameWrite = continues
                && before != null
                && !stored.begins
                && before.event.stream().equals(stored.event.stream())
                && before.event.version() + 1 == stored.event.version();
        return new Row(stored.event, !continues, !sameWrite);
    }

    private static long ticket(RecordedEvent event) {
        return Positions.number(event.position()) >> AppendBatch.PLACE_BITS;
    }

    private static boolean isNext(RecordedEvent before, RecordedEvent event) {
        return Positions.number(before.position()) + 1 == Positions.number(event.position());
    }

    private Map<StreamId, List<RecentAppend>> recent(List<Stored> events) throws SQLException {
        String[] names = events.stream()
                .map(stored -> stored.event.stream().value())
                .distinct()
                .toArray(String[]::new);
        Map<StreamId, List<RecentAppend>> recent = new HashMap<>();
        session.each(
                row -> recent.put(StreamId.of(row.getString(1)), RecentAppends.decode(row.getBytes(2))),
                RECENT,
                session.array("text", names));
        return recent;
    }
}

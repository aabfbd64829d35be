package io.headwater.sqlite;

import io.headwater.Direction;
import io.headwater.LogFilter;
import io.headwater.LogPage;
import io.headwater.Position;
import io.headwater.spi.Positions;
import io.headwater.spi.support.ComposedBackend.LogReader;
import io.headwater.spi.support.LogPages;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;

/**
 * Reads pages of the log by position. One transaction at a time writes, and it gives the next positions. So the committed
 * events are the log, no event can appear before them, and the head is the last position.
 *
 * <p>The whole log and a single category are read by an index. With other filters, a limited range of positions is read at a
 * time, so that no call takes long.
 */
final class ReadLog implements LogReader {
    private static final long WINDOW = 50_000;

    private static final String HEAD =
            "SELECT max(ifnull((SELECT max(position) FROM events), 0), (SELECT log_floor FROM store))";

    private final Reads sessions;

    ReadLog(Reads sessions) {
        this.sessions = sessions;
    }

    static long head(Session session) throws SQLException {
        return session.number(HEAD);
    }

    @Override
    public Position head() {
        return Positions.of(sessions.read(ReadLog::head));
    }

    @Override
    public LogPage read(Position from, Direction direction, LogFilter filter, int limit) {
        return sessions.read(session -> {
            long head = head(session);
            return direction == Direction.FORWARDS
                    ? forwards(session, Positions.number(from), head, filter, limit)
                    : backwards(session, Math.min(Positions.number(from) - 1, head), filter, limit);
        });
    }

    private static LogPage forwards(Session session, long after, long head, LogFilter filter, int limit)
            throws SQLException {
        if (after >= head) {
            return LogPages.beyondHead(Positions.of(after));
        }
        long end = isIndexed(filter) ? head : Math.min(head, after + WINDOW);
        EventPage page = query(session, after + 1, end, filter, "", limit);
        return LogPages.forwards(page.events(), page.full(), Positions.of(end), Positions.of(head));
    }

    private static LogPage backwards(Session session, long newest, LogFilter filter, int limit) throws SQLException {
        long end = isIndexed(filter) ? 1 : Math.max(1, newest - WINDOW + 1);
        EventPage page = query(session, end, newest, filter, "DESC", limit);
        return LogPages.backwards(page.events(), page.full(), Positions.of(end));
    }

    @Override
    public Position positionAt(Instant time) {
        return sessions.read(session -> TimeMarks.find(session, time));
    }

    private static boolean isIndexed(LogFilter filter) {
        boolean category = filter.categories().size() <= 1;
        return category && filter.types().isEmpty() && filter.streamPrefix().isEmpty();
    }

    private static EventPage query(Session session, long least, long most, LogFilter filter, String order, int limit)
            throws SQLException {
        List<Object> parameters = new ArrayList<>(List.of(least, most));
        String sql = "SELECT " + EventRow.COLUMNS
                + ", s.name FROM events e " + index(filter)
                + " CROSS JOIN streams s ON s.stream_key = e.stream_key WHERE e.position BETWEEN ? AND ?"
                + in(
                        "e.category_key",
                        "(SELECT category_key FROM categories WHERE name = ?)",
                        filter.categories(),
                        parameters)
                + in("e.type", "?", filter.types(), parameters)
                + prefix(filter.streamPrefix(), parameters)
                + " ORDER BY e.position " + order + " LIMIT ?";
        parameters.add(limit);
        try (ResultSet rows = session.statement(sql, parameters.toArray()).executeQuery()) {
            return rows.next() ? EventPage.read(rows, limit, EventRow::read) : EventPage.EMPTY;
        }
    }

    /** Without statistics the planner cannot know that a category is better read by its index than sorted. */
    private static String index(LogFilter filter) {
        return filter.categories().size() == 1 ? "INDEXED BY events_by_category" : "NOT INDEXED";
    }

    private static String in(String column, String value, Set<String> values, List<Object> parameters) {
        parameters.addAll(values);
        return switch (values.size()) {
            case 0 -> "";
            case 1 -> " AND " + column + " = " + value;
            default -> " AND " + column + " IN (" + String.join(", ", Collections.nCopies(values.size(), value)) + ")";
        };
    }

    /** Not a pattern: every character of the prefix stands for itself, and case matters. */
    private static String prefix(String prefix, List<Object> parameters) {
        if (prefix.isEmpty()) {
            return "";
        }
        parameters.add(prefix);
        parameters.add(prefix);
        return " AND substr(s.name, 1, length(?)) = ?";
    }
}

package io.headwater.postgres;

import io.headwater.Direction;
import io.headwater.LogFilter;
import io.headwater.LogPage;
import io.headwater.Position;
import io.headwater.spi.Positions;
import io.headwater.spi.support.ComposedBackend.LogReader;
import io.headwater.spi.support.LogPages;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Reads pages of the log by position, up to the head. The known mark is sufficient for a page that ends before it. The
 * server is asked for a newer mark when the end is reached.
 *
 * <p>The whole log and single categories are read by an index. With other filters, a limited number of events is scanned at
 * a time, so that no call takes long.
 */
final class ReadLog implements LogReader {
    private static final int WINDOW = 20_000;

    private final Database database;
    private final LogHead head;
    private final TimeMarks timeMarks;

    ReadLog(Database database, LogHead head, TimeMarks timeMarks) {
        this.database = database;
        this.head = head;
        this.timeMarks = timeMarks;
    }

    @Override
    public Position head() {
        return Positions.of(head.now());
    }

    @Override
    public Position positionAt(Instant time) {
        return timeMarks.find(time);
    }

    @Override
    public LogPage read(Position from, Direction direction, LogFilter filter, int limit) {
        LogQueries queries = new LogQueries(filter, direction);
        return database.read(session -> direction == Direction.FORWARDS
                ? forwards(session, queries, Positions.number(from), limit)
                : backwards(session, queries, Positions.number(from), limit));
    }

    private LogPage forwards(Session session, LogQueries queries, long after, int limit) throws SQLException {
        KnownLog known = head.known();
        if (after < known.mark()) {
            LogPage page = upTo(known, session, queries, after, limit);
            if (page.more() || head.look(session).equals(known)) {
                return page;
            }
        }
        return upTo(head.look(session), session, queries, after, limit);
    }

    private LogPage upTo(KnownLog known, Session session, LogQueries queries, long after, int limit)
            throws SQLException {
        long mark = known.mark();
        if (after >= mark) {
            return LogPages.beyondHead(Positions.of(after));
        }
        long end = queries.isIndexed() ? mark : queries.windowEnd(session, after + 1, mark, WINDOW);
        Optional<EventPage> found = queries.page(session, known, after + 1, end, limit);
        if (found.isEmpty()) {
            return upTo(head.look(session), session, queries, after, limit);
        }
        EventPage page = found.get();
        return LogPages.forwards(page.events(), page.full(), Positions.of(end), Positions.of(mark));
    }

    private LogPage backwards(Session session, LogQueries queries, long before, int limit) throws SQLException {
        KnownLog known = head.known();
        return backwards(before <= known.mark() ? known : head.look(session), session, queries, before, limit);
    }

    private LogPage backwards(KnownLog known, Session session, LogQueries queries, long before, int limit)
            throws SQLException {
        long newest = Math.min(before - 1, known.mark());
        if (newest < 1) {
            return new LogPage(List.of(), Position.START, false);
        }
        long end = queries.isIndexed() ? 1 : queries.windowEnd(session, 1, newest, WINDOW);
        Optional<EventPage> found = queries.page(session, known, end, newest, limit);
        if (found.isEmpty()) {
            return backwards(head.look(session), session, queries, before, limit);
        }
        EventPage page = found.get();
        return LogPages.backwards(page.events(), page.full(), Positions.of(end));
    }
}

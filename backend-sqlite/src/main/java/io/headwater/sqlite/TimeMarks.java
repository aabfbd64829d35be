package io.headwater.sqlite;

import io.headwater.Position;
import io.headwater.spi.Positions;
import io.headwater.spi.support.ValueCodes;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

/**
 * Finds the position of a time in the log. The clock may go back, so the times of events need not be in order, but the
 * maximum of the times so far never goes back. It is marked about every thousand events. From the last mark before a time,
 * the log is scanned for the first event that is not earlier.
 */
final class TimeMarks {
    private static final long EVENTS_BETWEEN_MARKS = 1000;

    private static final String MARK = """
            INSERT INTO time_marks (position, latest)
            SELECT ?, max(
                (SELECT max(recorded_at) FROM events
                 WHERE position > (SELECT ifnull(max(position), 0) FROM time_marks)),
                (SELECT ifnull(max(latest), 0) FROM time_marks))""";
    private static final String LAST_MARK_BEFORE = "SELECT ifnull(max(position), 0) FROM time_marks WHERE latest < ?";
    private static final String FIRST_NOT_EARLIER =
            "SELECT position FROM events WHERE position > ? AND recorded_at >= ? ORDER BY position LIMIT 1";

    private TimeMarks() {}

    /** Adds a mark if one is due, after events were added to the log. */
    static void extend(WriteTransaction transaction, long headBefore) throws SQLException {
        long head = transaction.head();
        if (head / EVENTS_BETWEEN_MARKS > headBefore / EVENTS_BETWEEN_MARKS) {
            transaction.session().update(MARK, head);
        }
    }

    /** The position before the first event that was recorded at this time or later; the head without one. */
    static Position find(Session snapshot, Instant time) throws SQLException {
        long wanted = ValueCodes.micros(time);
        long mark = snapshot.number(LAST_MARK_BEFORE, wanted);
        Optional<Long> event = snapshot.first(row -> row.getLong(1), FIRST_NOT_EARLIER, mark, wanted);
        return Positions.of(event.isPresent() ? event.get() - 1 : ReadLog.head(snapshot));
    }
}

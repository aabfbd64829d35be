package io.headwater.postgres;

import io.headwater.Position;
import io.headwater.spi.Positions;
import io.headwater.spi.support.ValueCodes;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

/**
 * Finds the position of a time in the log. Clocks differ and go back, so the times of events need not be in order, but the
 * maximum of the times so far never goes back. It is marked every thousand events, when a position of a time is first
 * requested, so that appends have no cost. From the last mark before a time, the log is scanned for the first event that is
 * not earlier.
 */
final class TimeMarks {
    private static final int EVENTS_BETWEEN_MARKS = 1000;
    private static final int EVENTS_AT_A_TIME = 100_000;

    private static final String EXTEND = """
            INSERT INTO ${schema}.time_marks (position, latest)
            SELECT position, greatest(latest, (SELECT max(latest) FROM ${schema}.time_marks)) FROM (
                SELECT position, max(recorded_at) OVER (ORDER BY position) AS latest,
                    row_number() OVER (ORDER BY position) AS place
                FROM (SELECT position, recorded_at FROM ${schema}.events
                    WHERE position > (SELECT coalesce(max(position), 0) FROM ${schema}.time_marks) AND position <= ?
                        AND ${same_store}
                    ORDER BY position LIMIT ?) AS unmarked) AS running
            WHERE place % ? = 0
            ON CONFLICT DO NOTHING""";
    private static final String LAST_MARK_BEFORE =
            "SELECT coalesce(max(position), 0) FROM ${schema}.time_marks WHERE latest < ? AND ${same_store}";
    private static final String FIRST_NOT_EARLIER = """
            SELECT position FROM ${schema}.events
            WHERE position > ? AND position <= ? AND recorded_at >= ? AND ${same_store} ORDER BY position LIMIT 1""";

    private final Database database;
    private final LogHead head;
    private final boolean readOnly;

    /**
     * The marks of this store.
     *
     * @param readOnly whether to use only the existing marks, and to scan everything after the last
     */
    TimeMarks(Database database, LogHead head, boolean readOnly) {
        this.database = database;
        this.head = head;
        this.readOnly = readOnly;
    }

    /** The position before the first event that was recorded at this time or later; the head without one. */
    Position find(Instant time) {
        long wanted = ValueCodes.micros(time);
        long mark = database.read(head::now);
        if (!readOnly) {
            extendTo(mark);
        }
        return database.read(session -> {
            long before = session.only(row -> row.getLong(1), LAST_MARK_BEFORE, wanted);
            Optional<Long> event = session.first(row -> row.getLong(1), FIRST_NOT_EARLIER, before, mark, wanted);
            return Positions.of(event.isPresent() ? event.get() - 1 : mark);
        });
    }

    private void extendTo(long mark) {
        while (database.write(session -> extend(session, mark)) == EVENTS_AT_A_TIME / EVENTS_BETWEEN_MARKS) {
            // There is more to mark.
        }
    }

    private static int extend(Session session, long mark) throws SQLException {
        return session.update(EXTEND, mark, EVENTS_AT_A_TIME, EVENTS_BETWEEN_MARKS);
    }
}

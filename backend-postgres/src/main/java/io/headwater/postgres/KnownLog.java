package io.headwater.postgres;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a store remembers of its log: up to which position that is decided, the event or other change by which it later recognises the log of
 * the server, and the names of streams of the log. All of this is valid as long as the server has that event. If the server
 * was restored from a backup, or is a replica that lagged, its log went back: the event is missing, or another one has its
 * position, and positions and keys of streams may be given again. So every statement that relies on what is remembered
 * checks the event.
 *
 * @param mark everything up to this position is decided
 * @param event the id of the event or other change at the mark; null if it was scavenged
 * @param recordedAt when that event was recorded, in microseconds since 1970
 * @param names the names of streams of this log
 */
record KnownLog(long mark, @Nullable UUID event, long recordedAt, StreamNames names) {
    /** A condition: whether the server has the log that is remembered. Takes {@link #parameters}. */
    static final String STANDS = """
            (SELECT CASE WHEN given.event IS NULL THEN (SELECT log_floor >= given.mark FROM ${schema}.store)
                ELSE EXISTS (SELECT FROM ${schema}.events w
                    WHERE w.position = given.mark AND w.event_id = given.event AND w.recorded_at = given.recorded_at)
                OR EXISTS (SELECT FROM ${schema}.stream_changes w
                    WHERE w.position = given.mark AND w.change_id = given.event AND w.recorded_at = given.recorded_at) END
            FROM (SELECT ?::bigint AS mark, ?::uuid AS event, ?::bigint AS recorded_at) given)""";

    /** Nothing is remembered. */
    static KnownLog none() {
        return new KnownLog(0, null, 0, new StreamNames());
    }

    @Nullable
    Object[] parameters() {
        return new @Nullable Object[] {mark, event, recordedAt};
    }

    /** The log up to a mark that was found later. The columns from this one on have the event at the mark. */
    KnownLog upTo(long newMark, ResultSet row, int column) throws SQLException {
        return new KnownLog(newMark, row.getObject(column, UUID.class), row.getLong(column + 1), names);
    }

    /** Whether another one belongs to the same log. */
    boolean isOfSameLog(KnownLog other) {
        return names == other.names;
    }

    /** The same mark, in a log of which nothing else is known. */
    KnownLog inOtherLog() {
        return new KnownLog(mark, event, recordedAt, new StreamNames());
    }
}

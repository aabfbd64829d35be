package io.headwater.postgres;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a store remembers of its log: how far that is decided, by which event the server's log is recognised later, and the names
 * of streams that were met in it. All of it is true as long as the server still has that event. When the server was restored from
 * a backup, or is a replica that lagged, its log went back: the event is gone, or another one lies in its place, and positions and
 * keys of streams may be given again. So every statement that relies on what is remembered asks for the event.
 *
 * @param mark everything up to here is decided
 * @param event the id of the event at the mark; null if it was scavenged
 * @param recordedAt when that was recorded, in microseconds since 1970
 * @param names of streams of this log
 */
record KnownLog(long mark, @Nullable UUID event, long recordedAt, StreamNames names) {
    /** Whether the server still has the log that is remembered. Takes what {@link #parameters} gives. */
    static final String STANDS = """
            (SELECT CASE WHEN given.event IS NULL THEN (SELECT log_floor >= given.mark FROM ${schema}.store)
                ELSE EXISTS (SELECT FROM ${schema}.events w
                    WHERE w.position = given.mark AND w.event_id = given.event AND w.recorded_at = given.recorded_at) END
            FROM (SELECT ?::bigint AS mark, ?::uuid AS event, ?::bigint AS recorded_at) given)""";

    /** Nothing yet. */
    static KnownLog none() {
        return new KnownLog(0, null, 0, new StreamNames());
    }

    @Nullable
    Object[] parameters() {
        return new @Nullable Object[] {mark, event, recordedAt};
    }

    /** The log up to a mark that was found later: the event at it, in the columns from this one on. */
    KnownLog upTo(long newMark, ResultSet row, int column) throws SQLException {
        return new KnownLog(newMark, row.getObject(column, UUID.class), row.getLong(column + 1), names);
    }

    /** Whether what is known of another look belongs to the same log. */
    boolean isOfSameLog(KnownLog other) {
        return names == other.names;
    }

    /** The same mark, in a log of which nothing else is known. */
    KnownLog inOtherLog() {
        return new KnownLog(mark, event, recordedAt, new StreamNames());
    }
}

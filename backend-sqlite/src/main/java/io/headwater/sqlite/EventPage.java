package io.headwater.sqlite;

import io.headwater.RecordedEvent;
import io.headwater.spi.support.LogPages;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Events that a query found.
 *
 * @param events at least one if there is any
 * @param full whether there may be more: the limit was reached, or the events are so large that a page ends early
 */
record EventPage(List<RecordedEvent> events, boolean full) {
    static final EventPage EMPTY = new EventPage(List.of(), false);

    /** The events of these rows, from the current one on. */
    static EventPage read(ResultSet rows, int limit, EventMapper mapper) throws SQLException {
        List<RecordedEvent> events = new ArrayList<>();
        long bytes = 0;
        do {
            RecordedEvent event = mapper.read(rows);
            events.add(event);
            bytes += event.data().size() + event.metadata().size();
        } while (bytes < LogPages.MAX_BYTES && rows.next());
        return new EventPage(events, events.size() == limit || bytes >= LogPages.MAX_BYTES);
    }

    /** Makes an event of a row. */
    interface EventMapper {
        RecordedEvent read(ResultSet row) throws SQLException;
    }
}

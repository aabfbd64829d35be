package io.headwater.postgres;

import io.headwater.RecordedEvent;
import io.headwater.spi.support.LogPages;
import java.util.List;

/**
 * Events that a query found.
 *
 * @param events at least one if there is any
 * @param full whether there may be more: the limit was reached, or the events are so large that a page ends early
 */
record EventPage(List<RecordedEvent> events, boolean full) {
    /**
     * A condition: whether an event of this alias is so large that a page of such events could exceed the maximum size of a
     * page. The same as in the index {@code events_large}.
     */
    static String isLarge(String event) {
        return "octet_length(" + event + ".data) > 8192";
    }

    /**
     * Wraps a query of {@code COLUMNS} in an order, so that it ends at the maximum size of a page. The server knows the
     * sizes without reading large payloads.
     */
    static String limited(String query, String order) {
        return """
                SELECT * FROM (
                    SELECT page.*, sum(octet_length(data)) OVER (ORDER BY %1$s ROWS UNBOUNDED PRECEDING)
                        - octet_length(data) AS bytes_before
                    FROM (%2$s) page) pages
                WHERE bytes_before < %3$s ORDER BY %1$s""".formatted(order, query, LogPages.MAX_BYTES);
    }

    static EventPage of(List<RecordedEvent> events, int limit) {
        long bytes = events.stream().mapToLong(event -> event.data().size()).sum();
        return new EventPage(events, events.size() == limit || bytes >= LogPages.MAX_BYTES);
    }
}

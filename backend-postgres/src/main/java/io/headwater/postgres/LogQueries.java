package io.headwater.postgres;

import io.headwater.Direction;
import io.headwater.LogFilter;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** The statements for a filter and a direction. Parameters come in the order in which the statements name them. */
final class LogQueries {
    private final LogFilter filter;
    private final String order;
    private final String page;
    private final String windowEnd;

    LogQueries(LogFilter filter, Direction direction) {
        this.filter = filter;
        order = direction == Direction.FORWARDS ? "position" : "position DESC";
        page = EventPage.limited(
                "SELECT " + EventRow.COLUMNS + " FROM " + events() + " e"
                        + " JOIN ${schema}.streams s ON s.stream_key = e.stream_key" + sought()
                        + " ORDER BY e." + order + " LIMIT ?",
                order);
        windowEnd = "SELECT position FROM ${schema}.events WHERE position BETWEEN ? AND ? ORDER BY " + order
                + " OFFSET ? LIMIT 1";
    }

    /** Whether the index finds what is sought, however rare it is. */
    boolean isIndexed() {
        return filter.types().isEmpty() && filter.streamPrefix().isEmpty();
    }

    /** Each category by its index, and the first of each merged: an index does not give several in the log's order. */
    private String events() {
        return switch (filter.categories().size()) {
            case 0 -> "(SELECT * FROM ${schema}.events WHERE position BETWEEN ? AND ?)";
            case 1 -> "(SELECT * FROM ${schema}.events WHERE position BETWEEN ? AND ? AND category = ?)";
            default -> """
                    (SELECT of_one.* FROM unnest(?) AS wanted (name) CROSS JOIN LATERAL (
                        SELECT * FROM ${schema}.events
                        WHERE position BETWEEN ? AND ? AND category = wanted.name COLLATE "C"
                        ORDER BY %s%s) of_one)""".formatted(order, isIndexed() ? " LIMIT ?" : "");
        };
    }

    /** No pattern: every character of the prefix stands for itself, and upper case is not lower case. */
    private String sought() {
        List<String> conditions = new ArrayList<>();
        if (!filter.types().isEmpty()) {
            conditions.add("e.type = ANY (?)");
        }
        if (!filter.streamPrefix().isEmpty()) {
            conditions.add("starts_with(s.name, ?)");
        }
        return conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", conditions);
    }

    EventPage page(Session session, long least, long most, int limit) throws SQLException {
        List<Object> parameters = new ArrayList<>();
        boolean several = filter.categories().size() > 1;
        if (several) {
            parameters.add(session.array("text", filter.categories().toArray(String[]::new)));
        }
        parameters.add(least);
        parameters.add(most);
        if (several && isIndexed()) {
            parameters.add(limit);
        } else if (!several) {
            parameters.addAll(filter.categories());
        }
        if (!filter.types().isEmpty()) {
            parameters.add(session.array("text", filter.types().toArray(String[]::new)));
        }
        if (!filter.streamPrefix().isEmpty()) {
            parameters.add(filter.streamPrefix());
        }
        parameters.add(limit);
        return EventPage.read(session, limit, page, parameters.toArray());
    }

    /** Where a look at this many events ends; the last position if there are fewer. */
    long windowEnd(Session session, long least, long most, int events) throws SQLException {
        return session.first(row -> row.getLong(1), windowEnd, least, most, events - 1)
                .orElse(order.equals("position") ? most : least);
    }
}

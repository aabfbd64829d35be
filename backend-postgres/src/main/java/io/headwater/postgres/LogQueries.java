package io.headwater.postgres;

import io.headwater.Direction;
import io.headwater.LogFilter;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The statements for a filter and a direction. Parameters are in the order in which the statements use them.
 *
 * <p>The statements are written so that a page comes from an index, whatever the statistics of the tables say, or if there
 * are none yet: first the events, in the order of the index, then the names of their streams that {@link StreamNames} may
 * not know.
 */
final class LogQueries {
    /**
     * A limit as a parameter. The planner does not see its value, and assumes a part of all rows, for which using an index
     * is best. Otherwise it might assume that there are few rows, and read and sort all of them for every page.
     */
    private static final String LIMIT = " LIMIT (SELECT ?)";

    private final LogFilter filter;
    private final String way;
    private final String order;
    private final String page;
    private final String windowEnd;

    LogQueries(LogFilter filter, Direction direction) {
        this.filter = filter;
        way = direction == Direction.FORWARDS ? "" : " DESC";
        order = "position" + way;
        page = EventPage.limited(
                "SELECT " + EventRow.COLUMNS + ", " + StreamNames.COLUMNS + " FROM (" + events() + ") e", order);
        windowEnd = "SELECT position FROM ${schema}.events WHERE position BETWEEN ? AND ? AND ${same_store} ORDER BY "
                + order + " OFFSET (SELECT ?) LIMIT 1";
    }

    /** Whether an index finds the selected events, however rare they are. */
    boolean isIndexed() {
        return filter.types().isEmpty() && filter.streamPrefix().isEmpty();
    }

    /** Merges the first events of each category: an index does not return several categories in the order of the log. */
    private String events() {
        return switch (filter.categories().size()) {
            case 0 -> first("position BETWEEN ? AND ?", order);
            case 1 -> inCategory("?");
            default ->
                "SELECT e.* FROM unnest(?) AS wanted (name) CROSS JOIN LATERAL ("
                        + inCategory("wanted.name COLLATE \"C\"") + ") e ORDER BY " + order + LIMIT;
        };
    }

    /** A range of pairs, because only the index of categories has their order. */
    private String inCategory(String name) {
        return first(
                "category IS NOT NULL AND (category, position) >= (%1$s, ?) AND (category, position) <= (%1$s, ?)"
                        .formatted(name),
                "category" + way + ", " + order);
    }

    private String first(String range, String inOrder) {
        return "SELECT * FROM ${schema}.events e WHERE " + range + sought() + " AND ${same_store}" + " ORDER BY "
                + inOrder + LIMIT;
    }

    /** Not a pattern: every character of the prefix stands for itself, and case matters. */
    private String sought() {
        return (filter.types().isEmpty() ? "" : " AND type = ANY (?)")
                + (filter.streamPrefix().isEmpty() ? "" : " AND starts_with(" + StreamNames.NAME + ", ?)");
    }

    /** Empty if the server no longer has the log that is known. */
    Optional<EventPage> page(Session session, KnownLog known, long least, long most, int limit) throws SQLException {
        List<@Nullable Object> parameters = new ArrayList<>();
        Collections.addAll(parameters, known.parameters());
        parameters.addAll(range(session, least, most));
        if (!filter.types().isEmpty()) {
            parameters.add(session.array("text", filter.types().toArray(String[]::new)));
        }
        if (!filter.streamPrefix().isEmpty()) {
            parameters.add(filter.streamPrefix());
        }
        parameters.add(limit);
        if (filter.categories().size() > 1) {
            parameters.add(limit);
        }
        return known.names().events(session, page, parameters.toArray()).map(events -> EventPage.of(events, limit));
    }

    private List<Object> range(Session session, long least, long most) throws SQLException {
        String[] categories = filter.categories().toArray(String[]::new);
        return switch (categories.length) {
            case 0 -> List.of(least, most);
            case 1 -> List.of(categories[0], least, categories[0], most);
            default -> List.of(session.array("text", categories), least, most);
        };
    }

    /** The position at which a scan of this number of events ends; the last position if there are fewer. */
    long windowEnd(Session session, long least, long most, int events) throws SQLException {
        return session.first(row -> row.getLong(1), windowEnd, least, most, events - 1)
                .orElse(way.isEmpty() ? most : least);
    }
}

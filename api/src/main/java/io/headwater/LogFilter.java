package io.headwater;

import java.util.Set;

/**
 * Selects events of the global log (G6). An event is selected if it matches every part; an empty part matches all events.
 * Text that contains characters which no name can have (P2) is refused.
 *
 * @param categories the categories of the streams (C1)
 * @param types the event types
 * @param streamPrefix the text with which the ids of the streams begin; not a pattern
 */
public record LogFilter(Set<String> categories, Set<String> types, String streamPrefix) {
    /** The maximum number of categories, and of types, in a filter. */
    public static final int MAX_NAMES = 1000;

    private static final LogFilter ALL = new LogFilter(Set.of(), Set.of(), "");

    public LogFilter {
        categories = Lists.set(categories, "category");
        types = Lists.set(types, "type");
        ArgumentChecks.partOfName(streamPrefix, "stream prefix");
        categories.forEach(category -> ArgumentChecks.partOfName(category, "category"));
        types.forEach(type -> ArgumentChecks.partOfName(type, "event type"));
        ArgumentChecks.that(
                categories.size() <= MAX_NAMES && types.size() <= MAX_NAMES,
                "a filter names more than " + MAX_NAMES
                        + " categories or types: read everything and filter it yourself");
    }

    /** Selects all events. */
    public static LogFilter all() {
        return ALL;
    }

    public boolean isAll() {
        return equals(ALL);
    }

    /** Whether an event is selected. */
    public boolean accepts(RecordedEvent event) {
        return accepts(event.stream(), event.type());
    }

    /** Whether an event of this stream and type is selected, for backends that know these before they read the event. */
    public boolean accepts(StreamId stream, String type) {
        return (types.isEmpty() || types.contains(type))
                && stream.value().startsWith(streamPrefix)
                && (categories.isEmpty()
                        || stream.category().filter(categories::contains).isPresent());
    }
}

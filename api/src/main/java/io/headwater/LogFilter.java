package io.headwater;

import java.util.Set;

/**
 * Which events of the global log to read (G6). An event passes when it passes every part; an empty part lets all pass. Text
 * with characters that no name can have (P2) is refused.
 *
 * @param categories the categories whose streams to read (C1)
 * @param types the event types to read
 * @param streamPrefix what a stream's id begins with, as plain text
 */
public record LogFilter(Set<String> categories, Set<String> types, String streamPrefix) {
    /** The most categories, and the most types, that a filter can name. */
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

    /** Everything. */
    public static LogFilter all() {
        return ALL;
    }

    public boolean isAll() {
        return equals(ALL);
    }

    /** Whether the event passes. */
    public boolean accepts(RecordedEvent event) {
        return accepts(event.stream(), event.type());
    }

    /** For backends that know this much of an event before they read it: whether an event of this stream and type passes. */
    public boolean accepts(StreamId stream, String type) {
        return (types.isEmpty() || types.contains(type))
                && stream.value().startsWith(streamPrefix)
                && (categories.isEmpty()
                        || stream.category().filter(categories::contains).isPresent());
    }
}

package io.headwater;

import java.util.Set;

/**
 * Which part of the global log to read, and in which direction (G6). Immutable.
 *
 * @param direction forwards or backwards
 * @param from forwards, only events after this position are read; backwards, only events before it
 * @param filter which events are read
 * @param limit the maximum number of events, {@link #UNLIMITED} for no limit
 */
public record LogQuery(Direction direction, Position from, LogFilter filter, int limit) {
    /**
     * No limit: {@link EventStore#log} reads to the end of the log, {@link EventStore#readLog} a page whose size the store
     * decides.
     */
    public static final int UNLIMITED = Integer.MAX_VALUE;

    public LogQuery {
        ArgumentChecks.notNull(direction, "direction");
        ArgumentChecks.notNull(from, "position");
        ArgumentChecks.notNull(filter, "filter");
        ArgumentChecks.that(limit > 0, () -> "limit " + limit + " is not positive");
    }

    /** The whole log, oldest event first. */
    public static LogQuery all() {
        return new LogQuery(Direction.FORWARDS, Position.START, LogFilter.all(), UNLIMITED);
    }

    /** The events of streams of these categories, oldest first. */
    public static LogQuery category(String... categories) {
        return all().filter(new LogFilter(named(categories, "category"), Set.of(), ""));
    }

    /** The events of streams whose ids begin with this text, oldest first. */
    public static LogQuery streamPrefix(String prefix) {
        return all().filter(new LogFilter(Set.of(), Set.of(), prefix));
    }

    /** A copy that reads only events of these types. */
    public LogQuery types(String... types) {
        return filter(new LogFilter(filter.categories(), named(types, "type"), filter.streamPrefix()));
    }

    /** None at all would read everything, which is what {@link #all()} says. */
    static Set<String> named(String[] names, String what) {
        Set<String> set = Lists.set(names, what);
        ArgumentChecks.that(!set.isEmpty(), () -> "no " + what + " named: name at least one, or leave the filter out");
        return set;
    }

    /** A copy with this filter, in place of the one it has. */
    public LogQuery filter(LogFilter newFilter) {
        return new LogQuery(direction, from, newFilter, limit);
    }

    /** A copy that reads forwards, only events after this position. */
    public LogQuery after(Position position) {
        return new LogQuery(Direction.FORWARDS, position, filter, limit);
    }

    /** A copy that reads backwards, only events before this position. */
    public LogQuery before(Position position) {
        return new LogQuery(Direction.BACKWARDS, position, filter, limit);
    }

    /** A copy that reads backwards from the end. */
    public LogQuery backwards() {
        return before(Position.END);
    }

    /** A copy with this maximum number of events. */
    public LogQuery limit(int most) {
        return new LogQuery(direction, from, filter, most);
    }

    /** The same query, going on from where a page ended. */
    LogQuery from(Position position) {
        return new LogQuery(direction, position, filter, limit);
    }
}

package io.headwater;

/**
 * Which events of a stream to read, and in which direction (R1, R4). Immutable.
 *
 * @param direction forwards or backwards
 * @param from the version of the first event to read, inclusive; 0 means the first event of the stream, {@link #END} the
 *     last
 * @param limit the maximum number of events, {@link #ALL} for no limit
 */
public record ReadOptions(Direction direction, long from, int limit) {
    /** No limit. */
    public static final int ALL = Integer.MAX_VALUE;

    /** The end of the stream. */
    public static final long END = Long.MAX_VALUE;

    public ReadOptions {
        ArgumentChecks.notNull(direction, "direction");
        ArgumentChecks.that(from >= 0, () -> "version " + from + " to read from is negative");
        ArgumentChecks.that(limit > 0, () -> "limit " + limit + " is not positive");
    }

    /** All events, oldest first. */
    public static ReadOptions forwards() {
        return new ReadOptions(Direction.FORWARDS, 0, ALL);
    }

    /** All events, newest first. */
    public static ReadOptions backwards() {
        return new ReadOptions(Direction.BACKWARDS, END, ALL);
    }

    /** A copy that begins at this version, inclusive. */
    public ReadOptions from(long version) {
        return new ReadOptions(direction, version, limit);
    }

    /** A copy with this maximum number of events. */
    public ReadOptions limit(int most) {
        return new ReadOptions(direction, from, most);
    }
}

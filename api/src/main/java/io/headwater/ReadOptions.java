package io.headwater;

/**
 * Which events of a stream to read (R1, R4).
 *
 * @param direction which way
 * @param from the version to begin at, inclusive; 0 forwards is the first event, {@link #END} backwards the last
 * @param limit the most events to return, {@link #ALL} for no limit
 */
public record ReadOptions(Direction direction, long from, int limit) {
    /** No limit. */
    public static final int ALL = Integer.MAX_VALUE;

    /** The end of the stream, wherever it is. */
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

    /** A copy that returns at most this many events. */
    public ReadOptions limit(int most) {
        return new ReadOptions(direction, from, most);
    }
}

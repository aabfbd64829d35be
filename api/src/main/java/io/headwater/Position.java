package io.headwater;

import java.util.HexFormat;

/**
 * A place in the global log of a store (G2). Positions are opaque and comparable, and have a meaning only in the store that
 * gave them. They MUST NOT be computed: take them from an event, an append, a page of the log or a checkpoint, or use {@link
 * #START} or {@link #END}.
 *
 * <p>There may be gaps between the positions of neighbouring events. The text form has 16 hexadecimal digits, and sorts like
 * the position. Immutable.
 */
public final class Position implements Comparable<Position> {
    /** The position before the first event of every store. */
    public static final Position START = new Position(0);

    /** The position after the last event of every store. */
    public static final Position END = new Position(Long.MAX_VALUE);

    private final long value;

    private Position(long value) {
        this.value = value;
    }

    static Position of(long value) {
        ArgumentChecks.that(value >= 0, () -> "position " + value + " is negative");
        return value == 0 ? START : new Position(value);
    }

    long value() {
        return value;
    }

    /**
     * Reads the text form, as {@link #toString()} returns it.
     *
     * @throws InvalidRequest for any other text
     */
    public static Position parse(String text) {
        ArgumentChecks.notNull(text, "position");
        ArgumentChecks.that(
                text.matches("[0-7][0-9a-f]{15}"),
                () -> "'" + ArgumentChecks.printable(text)
                        + "' is not a position: 16 hexadecimal digits expected, as in " + of(0xa7));
        return of(HexFormat.fromHexDigitsToLong(text));
    }

    public boolean isAfter(Position other) {
        return compareTo(other) > 0;
    }

    @Override
    public int compareTo(Position other) {
        return Long.compare(value, other.value);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Position that && value == that.value;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(value);
    }

    /** The text form: 16 hexadecimal digits. */
    @Override
    public String toString() {
        return HexFormat.of().toHexDigits(value);
    }

    /** Lets {@code io.headwater.spi.Positions}, and nothing else, see the numbers behind positions. */
    public abstract static class Numbers {
        protected Numbers() {}

        protected static Position positionOf(long number) {
            return of(number);
        }

        protected static long numberOf(Position position) {
            return position.value;
        }
    }
}

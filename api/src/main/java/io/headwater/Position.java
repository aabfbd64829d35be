package io.headwater;

import java.util.HexFormat;

/**
 * A place in a store's global log (G2): opaque, comparable, and meaningful only in the store that gave it. Positions cannot be
 * computed: take them from an event, an append, a page of the log or a checkpoint, or use {@link #START} and {@link #END}.
 *
 * <p>Gaps between the positions of neighbouring events are normal. The text form, 16 hexadecimal digits, sorts like the
 * position.
 */
public final class Position implements Comparable<Position> {
    /** Before the first event of any store. */
    public static final Position START = new Position(0);

    /** After the last event of any store. */
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

    /** Reads the text form. Throws {@link InvalidRequest} for anything else. */
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

    /** The text form. */
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

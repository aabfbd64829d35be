package io.headwater.spi;

import io.headwater.Position;

/**
 * Converts between positions and their numbers, for backends, and for code that stores many positions in little space.
 *
 * <p>A number has a meaning only for the backend that chose it: Headwater does no arithmetic with it, and passes a
 * backend only the positions that {@link Backend#readLog} allows.
 */
public final class Positions extends Position.Numbers {
    private Positions() {}

    /**
     * Returns the position with this number.
     *
     * @param number positive for an event, 0 for {@link Position#START}, {@link Long#MAX_VALUE} for {@link Position#END}
     * @throws io.headwater.InvalidRequest if the number is negative
     */
    public static Position of(long number) {
        return positionOf(number);
    }

    /** Returns the number of a position, as given to {@link #of}. */
    public static long number(Position position) {
        return numberOf(position);
    }
}

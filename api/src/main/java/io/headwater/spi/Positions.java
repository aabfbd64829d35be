package io.headwater.spi;

import io.headwater.Position;

/**
 * The numbers behind positions, for backends, and for what keeps many positions in little space.
 *
 * <p>A number means something only to the backend that chose it: Headwater neither adds to it nor subtracts from it, and hands a
 * backend only positions that {@link Backend#readLog} allows.
 */
public final class Positions extends Position.Numbers {
    private Positions() {}

    /**
     * The position of this number.
     *
     * @param number positive for an event, 0 for {@link Position#START}, {@link Long#MAX_VALUE} for {@link Position#END}
     * @throws io.headwater.InvalidRequest if it is negative
     */
    public static Position of(long number) {
        return positionOf(number);
    }

    /** The number that {@link #of} was given. */
    public static long number(Position position) {
        return numberOf(position);
    }
}

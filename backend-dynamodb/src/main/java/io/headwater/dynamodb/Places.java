package io.headwater.dynamodb;

import io.headwater.Position;
import io.headwater.spi.Positions;

/** Positions: the ticket, and the place of the event among those of its ticket. */
final class Places {
    /** The most events of a ticket; the place behind them is that of the head. */
    static final int MAX_EVENTS = 0xffff;

    private static final int PLACE_BITS = 16;

    private Places() {}

    static long number(long ticket, int place) {
        return ticket << PLACE_BITS | place;
    }

    /** The position behind all events up to this ticket. */
    static Position behind(long ticket) {
        return ticket == 0 ? Position.START : Positions.of(number(ticket, MAX_EVENTS));
    }

    static long ticket(Position position) {
        return Positions.number(position) >> PLACE_BITS;
    }

    /** The first ticket that may have events after this position. */
    static long firstAfter(Position position) {
        boolean isLast = (Positions.number(position) & MAX_EVENTS) == MAX_EVENTS;
        return Math.max(1, ticket(position) + (isLast ? 1 : 0));
    }
}

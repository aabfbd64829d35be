package io.headwater.internal.subscription.delivery;

import io.headwater.Position;

/** How much of the log a subscription has handled. Thread-safe; does not block. */
public interface HandledPosition {

    /** Everything up to here that the subscription selects is handled, skipped or parked. A position that the store gave. */
    Position position();

    /**
     * Whether everything up to a target is. The target may lie beyond {@link #position()}, before the first event that is not
     * handled: events that are not selected lie between the two.
     */
    boolean reaches(Position target);

    /** Everything up to this position, and no more. */
    static HandledPosition upTo(Position position) {
        return new HandledPosition() {
            @Override
            public Position position() {
                return position;
            }

            @Override
            public boolean reaches(Position target) {
                return !target.isAfter(position);
            }
        };
    }
}

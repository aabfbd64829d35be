package io.headwater.internal.subscription.delivery;

import io.headwater.Position;

/** The position up to which a subscription has handled the log. Thread-safe; does not block. */
public interface HandledPosition {

    /**
     * Returns the position up to which every event that the subscription selects is handled, skipped or parked. The store gave
     * this position.
     */
    Position position();

    /**
     * Returns whether everything up to a target is handled. The target may be beyond {@link #position()} and before the first
     * unfinished event, because events that are not selected lie between the two.
     */
    boolean reaches(Position target);

    /** Returns an instance for which everything up to this position is handled, and nothing behind it. */
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

package io.headwater.internal.subscription;

import io.headwater.InvalidRequest;
import io.headwater.LogPage;
import io.headwater.Position;
import io.headwater.RecordedEvent;
import io.headwater.SubscriptionStart;

/** Where the events of a subscription come from. Used by one thread at a time. */
interface Source {

    /** Reads from the store; as {@link io.headwater.EventStore#readLog} forwards. */
    LogPage read(Position after, int limit);

    /** Whether an event of the log is one of these. */
    boolean accepts(RecordedEvent event);

    /**
     * The position after which a start lies.
     *
     * @throws InvalidRequest if there is no such place here (K4)
     */
    Position locate(SubscriptionStart start);

    /** Refuses a position that this store has not come to, for it cannot have given it out (K4). */
    static void checkReached(Position position, Position head, String what) {
        if (position.isAfter(head)) {
            throw new InvalidRequest(
                    "%s %s is beyond the head of the log at %s: it is of another store, or this one was restored from a backup. Reset the subscription to where it is to go on"
                            .formatted(what, position, head));
        }
    }
}

package io.headwater.internal.subscription.log;

import io.headwater.EventStore;
import io.headwater.InvalidRequest;
import io.headwater.LogPage;
import io.headwater.Position;
import io.headwater.RecordedEvent;
import io.headwater.SubscriptionStart;

/** Where the events of a subscription come from. Used by one thread at a time. */
public interface EventSource {

    /** Reads from the store; as {@link io.headwater.EventStore#readLog} forwards. */
    LogPage read(Position after, int limit);

    /** Whether pages have all events of the log. */
    default boolean isWholeLog() {
        return false;
    }

    /** Whether a read may begin at any position that was given, at the same cost. */
    default boolean readsAnywhere() {
        return false;
    }

    /** Whether an event of the log is one of these. */
    boolean accepts(RecordedEvent event);

    /**
     * The position after which a start lies.
     *
     * @throws InvalidRequest if there is no such place here (K4)
     */
    Position locate(SubscriptionStart start);

    /**
     * Refuses a position that this storage never reached, because the storage cannot have returned it (K4). The head
     * may be lower while an older append is in progress.
     */
    static void checkReached(Position position, EventStore store, String what) {
        Position last = store.lastDecided();
        if (position.isAfter(last)) {
            throw new InvalidRequest(
                    "%s %s is beyond the last position that this store ever decided, %s: it belongs to another store, or this one was restored from a backup. Reset the subscription to the position to continue from"
                            .formatted(what, position, last));
        }
    }
}

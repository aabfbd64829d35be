package io.headwater.internal.subscription.log;

import io.headwater.EventStore;
import io.headwater.InvalidRequest;
import io.headwater.LogPage;
import io.headwater.Position;
import io.headwater.RecordedEvent;
import io.headwater.SubscriptionStart;

/** The source of a subscription's events. Used by one thread at a time. */
public interface EventSource {

    /** Reads a page from the store, like {@link io.headwater.EventStore#readLog} forwards. */
    LogPage read(Position after, int limit);

    /** Returns whether pages have all events of the log. */
    default boolean isWholeLog() {
        return false;
    }

    /** Returns whether a read may begin at any position that was given, at the same cost. */
    default boolean readsAnywhere() {
        return false;
    }

    /** Returns whether the source has this event of the log. */
    boolean accepts(RecordedEvent event);

    /**
     * Returns the position after which a start lies.
     *
     * @throws InvalidRequest if the start does not exist here (K4)
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

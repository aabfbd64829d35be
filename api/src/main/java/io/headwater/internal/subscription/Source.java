package io.headwater.internal.subscription;

import io.headwater.EventStore;
import io.headwater.InvalidRequest;
import io.headwater.LogPage;
import io.headwater.OperationInterrupted;
import io.headwater.Position;
import io.headwater.RecordedEvent;
import io.headwater.SubscriptionStart;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

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

    /** How many times as long as a store declares an append may take until it is seen in the log. */
    int PATIENCE = 10;

    long MILLIS_BETWEEN_LOOKS = 5;

    /**
     * Refuses a position that this store has not come to, for it cannot have given it out (K4). A store whose log is late may
     * have given it out to its writer, or to another process: it is given some times as long as it declares.
     */
    static void checkReached(Position position, EventStore store, String what) {
        Duration bound = store.capabilities().logVisibility().bound().multipliedBy(PATIENCE);
        long end = System.nanoTime() + bound.toNanos();
        Position head = store.head();
        while (position.isAfter(head) && end - System.nanoTime() > 0) {
            pause();
            head = store.head();
        }
        if (position.isAfter(head)) {
            throw new InvalidRequest(
                    "%s %s is beyond the head of the log at %s: it is of another store, or this one was restored from a backup. Reset the subscription to where it is to go on"
                            .formatted(what, position, head));
        }
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(MILLIS_BETWEEN_LOOKS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new OperationInterrupted();
        }
    }
}

package io.headwater;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The durable subscriptions of a store, those of other processes included, from {@link EventStore#subscriptions()}. All
 * calls block; thread-safe.
 */
public interface Subscriptions {

    /** All that have a checkpoint, by name. */
    List<SubscriptionInfo> list();

    /** The one of this name, if it has a checkpoint. */
    Optional<SubscriptionInfo> find(String name);

    /**
     * Sets the checkpoint, back or forth, and forgets what was parked and audited. The process that runs it continues
     * from there: events after the position are handled, again if they were before.
     *
     * @throws InvalidRequest if the position is beyond {@link EventStore#lastDecided()} (K4)
     */
    void reset(String name, Position position);

    /**
     * Forgets the subscription; opened again, it starts as a new one.
     *
     * @return whether there was one
     */
    boolean forget(String name);

    /** What it has parked, by position, read page by page. */
    Stream<ParkedEvent> parked(String name);

    /**
     * Has all parked events handled again, in order, by the process that runs the subscription, now or when it is
     * opened next. What fails again stays parked, with what is behind it.
     *
     * @return how many are parked now
     */
    long replay(String name);

    /** As {@link #replay(String)}, for one stream. */
    long replay(String name, StreamId stream);

    /**
     * Gives up all parked events: they are never handled. Later events of their streams are handled again.
     *
     * @return how many were given up
     */
    long drop(String name);

    /** As {@link #drop(String)}, for one stream. */
    long drop(String name, StreamId stream);

    /**
     * Compares what an {@linkplain SubscriptionOptions#audited() audited} subscription handled with what the store
     * holds. Reads all of the log that was audited.
     *
     * @throws InvalidRequest if there is nothing audited under this name
     */
    DeliveryAudit audit(String name);
}

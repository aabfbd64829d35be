package io.headwater;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The durable subscriptions of a store, including those that run in other processes. {@link EventStore#subscriptions()}
 * returns it. Blocks; thread-safe.
 */
public interface Subscriptions {

    /** All subscriptions that have a checkpoint, by name. */
    List<SubscriptionInfo> list();

    /** The subscription of this name; empty if it has no checkpoint. */
    Optional<SubscriptionInfo> find(String name);

    /**
     * Sets the checkpoint, forwards or backwards, and removes the records of parked events and of the audit. If the
     * subscription runs, in any process, it continues from there. Events after the position are handled, also if they were
     * handled before.
     *
     * @throws InvalidRequest if the position is beyond {@link EventStore#lastDecided()} (K4)
     */
    void reset(String name, Position position);

    /**
     * Removes the checkpoint and all records of a subscription. When it is opened again, it starts as a new one.
     *
     * @return whether there was one
     */
    boolean forget(String name);

    /** The parked events of a subscription, ordered by position, read page by page. */
    Stream<ParkedEvent> parked(String name);

    /**
     * Requests that all parked events are handled again, in order, by the process that runs the subscription: now, or when
     * it is opened next. An event that fails again stays parked, with those behind it.
     *
     * @return the number of events that are parked now
     */
    long replay(String name);

    /** As {@link #replay(String)}, for the events of one stream. */
    long replay(String name, StreamId stream);

    /**
     * Drops all parked events: they are never handled. Later events of their streams are handled again.
     *
     * @return the number of events that were dropped
     */
    long drop(String name);

    /** As {@link #drop(String)}, for the events of one stream. */
    long drop(String name, StreamId stream);

    /**
     * Compares what an {@linkplain SubscriptionOptions#audited() audited} subscription handled with the events of the store.
     * Reads the whole part of the log that was audited.
     *
     * @throws InvalidRequest if the subscription keeps no audit
     */
    DeliveryAudit audit(String name);
}

package io.headwater;

/**
 * Observes one subscription, for metrics and logs; {@link EventStoreListener} observes all of a store. Called on threads of
 * the library, which it MUST NOT block. What it throws is logged, and has no other effect. Every method does nothing by
 * default.
 */
public interface SubscriptionListener {

    /** The state of the subscription changed. */
    default void stateChanged(SubscriptionState from, SubscriptionState to) {}

    /** The lease of the subscription changed. Only durable subscriptions have one (K2, K3). */
    default void leaseChanged(LeaseChange change) {}

    /** Everything up to this position, which was the end of the log, is handled (S3). */
    default void caughtUp(Position position) {}

    /**
     * A handler failed for this event, or for a batch that begins with it, and will be called again (S4).
     *
     * @param attempt how often it was called for this event or batch, at least 1
     */
    default void retrying(RecordedEvent event, int attempt, Throwable failure) {}

    /** An event was skipped, because its handler failed (S4). */
    default void skipped(RecordedEvent event, Throwable failure) {}

    /**
     * An event was parked, because its handler failed (S4). Later events of its stream, which are parked behind it, are not
     * reported.
     */
    default void parked(RecordedEvent event, Throwable failure) {}
}

package io.headwater;

/**
 * Is told what a subscription does, for metrics and logs. Called on the library's threads and not to block them; what it
 * throws is logged. Every method does nothing by default.
 */
public interface SubscriptionListener {

    /** The subscription's state is another one. */
    default void stateChanged(SubscriptionState from, SubscriptionState to) {}

    /** The lease of the subscription changed; only durable ones have a lease (K2, K3). */
    default void leaseChanged(LeaseChange change) {}

    /** Everything up to here, which was the end of the log, is handled: what follows is live (S3). */
    default void caughtUp(Position position) {}

    /**
     * A handler failed for this event, or for the batch that it begins, and will be called again.
     *
     * @param attempt how often it was called by now
     */
    default void retrying(RecordedEvent event, int attempt, Throwable failure) {}

    /** An event was skipped. */
    default void skipped(RecordedEvent event, Throwable failure) {}

    /** An event was parked because of this failure; later events of its stream, which park behind it, are not reported. */
    default void parked(RecordedEvent event, Throwable failure) {}
}

package io.headwater;

/**
 * Observes an open store: its operations, and its subscriptions. Metrics and tracing are built on it. It is set by
 * {@link EventStoreConfig#listener}. Every method does nothing by default.
 *
 * <p>The methods are called on the thread that does the work, at the same time by several threads, so that an implementation MUST be
 * thread-safe and MUST NOT block. An exception or error that a method throws never changes what is observed; the first of a store is
 * logged at {@code WARN}, and later ones are ignored. A method MUST NOT call the store.
 *
 * <p>Nothing that is passed here holds payloads, except exceptions of handlers, whose messages the application writes.
 */
public interface EventStoreListener {

    /** An operation that is in progress. */
    @FunctionalInterface
    interface Operation {

        /** Called once when the operation ends, however it ends, by the thread that started it. */
        void ended(OperationResult result);
    }

    /**
     * An operation of the store starts. Tracing starts a span here, and ends it in the object that is returned; a listener that needs
     * results only overrides {@link #operationEnded} instead.
     *
     * @param backend the name of the backend, such as {@code sqlite}
     * @param operation see {@link OperationResult#operation}
     * @return what is called when the operation ends; by default, {@link #operationEnded}
     */
    default Operation operationStarted(String backend, String operation) {
        return this::operationEnded;
    }

    /** An operation of the store ended. Not called if {@link #operationStarted} is overridden. */
    default void operationEnded(OperationResult result) {}

    /**
     * A subscription was created, and has not read anything yet. Its state, position and {@linkplain Subscription#lag() lag} can be read
     * from it until it ends, which {@link #stateChanged} reports; measuring the lag reads the store, so it belongs on a thread of the
     * listener's own.
     */
    default void subscriptionStarted(Subscription subscription) {}

    /** The state of a subscription changed. After a {@linkplain SubscriptionState#isFinal() final} state nothing more is reported. */
    default void stateChanged(Subscription subscription, SubscriptionState from, SubscriptionState to) {}

    /** The lease of a durable subscription changed (K2, K3). */
    default void leaseChanged(Subscription subscription, LeaseChange change) {}

    /**
     * A handler failed, and will be called again (S4).
     *
     * @param attempts how often it was called for this event or batch, at least 1
     */
    default void retrying(Subscription subscription, int attempts, Throwable failure) {}

    /** An event was skipped, because its handler failed (S4). */
    default void skipped(Subscription subscription, Throwable failure) {}

    /**
     * An event was parked, because its handler failed (S4). Later events of its stream, which are parked behind it, are not reported;
     * {@link SubscriptionInfo} has the number of all.
     */
    default void parked(Subscription subscription, Throwable failure) {}
}

package io.headwater;

import java.util.List;

/**
 * Observes the operations and subscriptions of an open store, for metrics and tracing. It is set by
 * {@link EventStoreConfig#listener}; {@link #of} combines several. Every method does nothing by default.
 *
 * <p>The methods are called on the thread that does the work, by several threads at the same time. An implementation MUST be
 * thread-safe, MUST NOT block and MUST NOT call the store. An exception or error that a method throws does not change the operation
 * or subscription that is observed. The first one that a listener throws is logged at {@code WARN}; later ones are ignored.
 *
 * <p>No argument contains the data or metadata of events, except for what the application writes into the messages of exceptions that
 * its handlers throw.
 */
public interface EventStoreListener {

    /**
     * Combines listeners, such as one for metrics and one for tracing. They are called in the order of the list, except that the ends of
     * an operation are reported in the reverse order, so that what they open nests. A listener that throws does not keep the others from
     * being called, and the first failure of each one is logged.
     *
     * @param listeners copied; without any, the combined listener does nothing
     */
    static EventStoreListener of(List<EventStoreListener> listeners) {
        return new CombinedListener(Lists.copy(listeners, "listener"));
    }

    /** An operation that is in progress. */
    @FunctionalInterface
    interface Operation {

        /** Called once when the operation ends, however it ends, by the thread that started it. */
        void ended(OperationResult result);
    }

    /**
     * An operation of the store starts. A tracer starts a span here, and ends it in the returned object. A listener that
     * only needs results overrides {@link #operationEnded} instead.
     *
     * @param backend the name of the backend, such as {@code sqlite}
     * @param operation see {@link OperationResult#operation}
     * @return called when the operation ends; by default calls {@link #operationEnded}
     */
    default Operation operationStarted(String backend, String operation) {
        return this::operationEnded;
    }

    /** An operation of the store ended. Not called if {@link #operationStarted} is overridden. */
    default void operationEnded(OperationResult result) {}

    /**
     * A subscription was created, and has not read anything yet. Its state, position and {@linkplain Subscription#lag() lag}
     * can be read from it until {@link #stateChanged} reports that it has ended. Measuring the lag reads the store and
     * blocks, so call it on a thread of your own.
     */
    default void subscriptionStarted(Subscription subscription) {}

    /**
     * The state of a subscription changed. Nothing is reported after a {@linkplain SubscriptionState#isFinal() final} state.
     */
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
     * An event was parked, because its handler failed (S4). Later events of its stream, which are parked behind it, are not
     * reported; {@link SubscriptionInfo} has the number of all parked events.
     */
    default void parked(Subscription subscription, Throwable failure) {}
}

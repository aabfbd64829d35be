package io.headwater;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;

/** Calls several listeners in their order. A failure of one is logged, and reaches neither the others nor the caller. */
final class CombinedListener implements EventStoreListener {
    private final List<IsolatedListener> listeners;

    CombinedListener(List<EventStoreListener> listeners) {
        this.listeners = listeners.stream().map(IsolatedListener::new).toList();
    }

    /** An operation that a listener observes. */
    private record Observed(IsolatedListener listener, Operation operation) {
        void ended(OperationResult result) {
            listener.call(told -> operation.ended(result));
        }
    }

    @Override
    public Operation operationStarted(String backend, String operation) {
        List<Observed> observed = new ArrayList<>(listeners.size());
        for (IsolatedListener listener : listeners) {
            listener.call(told -> observed.add(new Observed(listener, told.operationStarted(backend, operation))));
        }
        Collections.reverse(observed);
        return result -> observed.forEach(each -> each.ended(result));
    }

    @Override
    public void subscriptionStarted(Subscription subscription) {
        all(told -> told.subscriptionStarted(subscription));
    }

    @Override
    public void stateChanged(Subscription subscription, SubscriptionState from, SubscriptionState to) {
        all(told -> told.stateChanged(subscription, from, to));
    }

    @Override
    public void leaseChanged(Subscription subscription, LeaseChange change) {
        all(told -> told.leaseChanged(subscription, change));
    }

    @Override
    public void retrying(Subscription subscription, int attempts, Throwable failure) {
        all(told -> told.retrying(subscription, attempts, failure));
    }

    @Override
    public void skipped(Subscription subscription, Throwable failure) {
        all(told -> told.skipped(subscription, failure));
    }

    @Override
    public void parked(Subscription subscription, Throwable failure) {
        all(told -> told.parked(subscription, failure));
    }

    private void all(Consumer<EventStoreListener> call) {
        listeners.forEach(listener -> listener.call(call));
    }
}

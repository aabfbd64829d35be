package io.headwater.internal.observation;

import io.headwater.EventStoreListener;
import io.headwater.LeaseChange;
import io.headwater.Position;
import io.headwater.RecordedEvent;
import io.headwater.Subscription;
import io.headwater.SubscriptionListener;
import io.headwater.SubscriptionState;

/**
 * Reports a subscription to the listener of the store, then to its own, which may throw.
 *
 * @param store the listener of the store
 * @param subscription what is reported
 * @param own the listener of the subscription
 */
record ObservedSubscription(EventStoreListener store, Subscription subscription, SubscriptionListener own)
        implements SubscriptionListener {

    @Override
    public void stateChanged(SubscriptionState from, SubscriptionState to) {
        store.stateChanged(subscription, from, to);
        own.stateChanged(from, to);
    }

    @Override
    public void leaseChanged(LeaseChange change) {
        store.leaseChanged(subscription, change);
        own.leaseChanged(change);
    }

    @Override
    public void caughtUp(Position position) {
        own.caughtUp(position);
    }

    @Override
    public void retrying(RecordedEvent event, int attempt, Throwable failure) {
        store.retrying(subscription, attempt, failure);
        own.retrying(event, attempt, failure);
    }

    @Override
    public void skipped(RecordedEvent event, Throwable failure) {
        store.skipped(subscription, failure);
        own.skipped(event, failure);
    }

    @Override
    public void parked(RecordedEvent event, Throwable failure) {
        store.parked(subscription, failure);
        own.parked(event, failure);
    }
}

package io.headwater.internal.subscription;

import io.headwater.internal.subscription.lease.SubscriptionLease;

/**
 * What the phases of a dispatcher share.
 *
 * @param subscription the subscription that is dispatched
 * @param control its intent
 * @param retry the pauses while the store cannot be reached
 * @param runs begins runs
 * @param leaseReport reports changes of the lease
 * @param wakeUp the callback that is registered at the end of the log
 */
record PhaseContext(
        SubscriptionContext subscription,
        Control control,
        StoreRetry retry,
        RunFactory runs,
        LeaseReport leaseReport,
        Runnable wakeUp) {

    SubscriptionLease lease() {
        return subscription.lease();
    }

    SubscriptionStatus status() {
        return subscription.status();
    }

    void leaveTail() {
        subscription.engine().tail().leave(wakeUp);
    }
}

package io.headwater.internal.subscription;

import io.headwater.internal.subscription.lease.SubscriptionLease;

/**
 * What the phases of a dispatcher share.
 *
 * @param subscription that is dispatched
 * @param control what was asked of it
 * @param retry of a store that cannot be reached
 * @param runs begins runs
 * @param leaseReport tells of changes of the lease
 * @param wakeUp what follows the end of the log
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

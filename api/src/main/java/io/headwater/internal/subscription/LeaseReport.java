package io.headwater.internal.subscription;

import io.headwater.LeaseChange;

/**
 * Reports each change of the lease to the listener once. An ephemeral subscription has no lease and reports nothing. For the
 * dispatcher's task.
 */
final class LeaseReport {
    private final SubscriptionContext subscription;
    private boolean held;

    LeaseReport(SubscriptionContext subscription) {
        this.subscription = subscription;
    }

    void acquired() {
        report(true, LeaseChange.ACQUIRED);
    }

    void lost() {
        report(false, LeaseChange.LOST);
    }

    void released() {
        report(false, LeaseChange.RELEASED);
    }

    private void report(boolean now, LeaseChange change) {
        if (held != now && subscription.options().name().isPresent()) {
            held = now;
            subscription.status().tell(listener -> listener.leaseChanged(change));
        }
    }
}

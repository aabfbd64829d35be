package io.headwater.internal.subscription;

import io.headwater.SubscriptionOptions;
import io.headwater.internal.subscription.delivery.StepwiseHandler;
import io.headwater.internal.subscription.lease.SubscriptionLease;
import io.headwater.internal.subscription.lease.SubscriptionRecords;
import io.headwater.internal.subscription.log.EventSource;
import io.headwater.internal.subscription.log.Selection;

/**
 * What a subscription is made of.
 *
 * @param title its name, for messages
 * @param options as the application gave them
 * @param handler of its events
 * @param engine what it shares with the other subscriptions of the store
 * @param lease the right to run it
 * @param records what is kept of it, the checkpoint included
 * @param status what its users see
 */
record SubscriptionContext(
        String title,
        SubscriptionOptions options,
        StepwiseHandler handler,
        EngineContext engine,
        SubscriptionLease lease,
        SubscriptionRecords records,
        SubscriptionStatus status) {

    /** Reads the events that the subscription selects. For one thread at a time. */
    EventSource source() {
        return Selection.of(options).source(engine.store());
    }
}

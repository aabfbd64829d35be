package io.headwater.internal.subscription;

import io.headwater.SubscriptionOptions;
import io.headwater.internal.subscription.delivery.StepwiseHandler;
import io.headwater.internal.subscription.lease.SubscriptionLease;
import io.headwater.internal.subscription.lease.SubscriptionRecords;
import io.headwater.internal.subscription.log.EventSource;
import io.headwater.internal.subscription.log.Selection;

/**
 * The parts of a subscription.
 *
 * @param title its name, for messages
 * @param options the options that the application gave
 * @param handler the handler of its events
 * @param engine what it shares with the other subscriptions of the store
 * @param lease the right to run it
 * @param records its checkpoint and its other records
 * @param status its state and position, for users
 */
record SubscriptionContext(
        String title,
        SubscriptionOptions options,
        StepwiseHandler handler,
        EngineContext engine,
        SubscriptionLease lease,
        SubscriptionRecords records,
        SubscriptionStatus status) {

    /** Creates a source of the events that the subscription selects. One thread at a time may use it. */
    EventSource source() {
        return Selection.of(options).source(engine.store());
    }
}

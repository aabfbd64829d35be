package io.headwater.internal.subscription.delivery;

import io.headwater.SubscriptionOptions;
import io.headwater.internal.subscription.audit.AuditLedger;
import io.headwater.internal.subscription.lease.OutOfOrderAcks;
import io.headwater.internal.subscription.schedule.EngineThreads;

/**
 * The parts that a delivery uses.
 *
 * @param options the options of the subscription
 * @param handler the handler of its events
 * @param permit whether handlers may be called
 * @param listener is notified of the progress of lanes
 * @param failures decides what happens when the handler fails
 * @param ledger records what was handled
 * @param acks the events behind the initial position that were handled before
 * @param threads the threads to run on
 */
public record DeliveryContext(
        SubscriptionOptions options,
        StepwiseHandler handler,
        Permit permit,
        DeliveryListener listener,
        FailureHandling failures,
        AuditLedger ledger,
        OutOfOrderAcks acks,
        EngineThreads threads) {}

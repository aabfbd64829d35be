package io.headwater.internal.subscription.delivery;

import io.headwater.SubscriptionOptions;
import io.headwater.internal.subscription.audit.AuditLedger;
import io.headwater.internal.subscription.lease.OutOfOrderAcks;
import io.headwater.internal.subscription.schedule.EngineThreads;

/**
 * What a delivery works with.
 *
 * @param options of the subscription
 * @param handler of its events
 * @param permit whether handlers may be called
 * @param listener of its lanes
 * @param failures what happens when the handler fails
 * @param ledger where it is recorded what was handled
 * @param acks what was handled before, behind the position where it begins
 * @param threads to run on
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

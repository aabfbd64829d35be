package io.headwater.internal.subscription;

import io.headwater.Position;
import io.headwater.internal.subscription.audit.AuditLedger;
import io.headwater.internal.subscription.delivery.CheckpointSaver;
import io.headwater.internal.subscription.delivery.Delivery;
import io.headwater.internal.subscription.delivery.DeliveryContext;
import io.headwater.internal.subscription.delivery.FailureHandling;
import io.headwater.internal.subscription.delivery.PageReader;
import io.headwater.internal.subscription.delivery.ReplayWatch;
import io.headwater.internal.subscription.lease.OutOfOrderAcks;
import io.headwater.internal.subscription.lease.SubscriptionRecords;
import io.headwater.internal.subscription.log.EventSource;
import io.headwater.internal.subscription.log.LogHistory;
import io.headwater.internal.subscription.log.LogTail;
import io.headwater.internal.subscription.parking.ParkedStreams;
import java.util.List;
import java.util.Optional;

/** Begins runs of a subscription at its checkpoint. For the dispatcher's task. */
final class RunFactory {
    private final SubscriptionContext subscription;
    private final Control control;
    private final Runnable wakeUp;
    private final EventSource source;
    private final LogHistory history;

    /** The number, in the history, of the log that is read. */
    private int log = LogHistory.NONE;

    /**
     * Creates a factory of runs.
     *
     * @param control permits the lanes to call the handler
     * @param wakeUp is called when there may be more to do
     */
    RunFactory(SubscriptionContext subscription, Control control, Runnable wakeUp) {
        this.subscription = subscription;
        this.control = control;
        this.wakeUp = wakeUp;
        this.source = subscription.source();
        this.history = subscription.engine().history();
    }

    /** Begins a run under the current lease. Returns an empty result if the lease was lost. Blocks. */
    Optional<Run> begin() {
        log = history.now(log);
        SubscriptionRecords records = subscription.records();
        Optional<Position> checkpoint = records.load();
        Position from =
                checkpoint.orElseGet(() -> source.locate(subscription.options().start()));
        return checkpoint.isPresent() || records.save(from, List.of()) ? Optional.of(runFrom(from)) : Optional.empty();
    }

    private Run runFrom(Position from) {
        int reading = log;
        SubscriptionRecords records = subscription.records();
        ParkedStreams parked = records.parked();
        DeliveryContext context = context(records.ledgerFrom(from), records.acks(), parked);
        Delivery delivery = new Delivery(from, context);
        LogTail tail = subscription.engine().tail();
        return new Run(
                delivery,
                new PageReader(delivery, source, history, reading, tail, wakeUp),
                new CheckpointSaver(delivery, context, records, () -> history.confirm(reading), wakeUp),
                new ReplayWatch(parked, delivery));
    }

    private DeliveryContext context(AuditLedger ledger, OutOfOrderAcks acks, ParkedStreams parked) {
        FailureHandling failures = new FailureHandling(
                subscription.title(),
                subscription.options().onFailure(),
                parked,
                subscription.status()::tell,
                control::failed);
        return new DeliveryContext(
                subscription.options(),
                subscription.handler(),
                control,
                control,
                failures,
                ledger,
                acks,
                subscription.engine().threads());
    }
}

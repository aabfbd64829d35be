package io.headwater.internal.subscription.delivery;

import io.headwater.Position;
import io.headwater.SubscriptionOptions;
import io.headwater.internal.subscription.audit.AuditLedger;
import io.headwater.internal.subscription.lease.OutOfOrderAcks;
import io.headwater.internal.subscription.lease.SubscriptionRecords;
import io.headwater.spi.RecordChange;
import java.util.ArrayList;
import java.util.List;

/** The checkpoint of a delivery: when it is due, and that it never passes what is unfinished (K1). For the dispatcher's task. */
public final class CheckpointSaver {
    /** How much rarer the checkpoint is saved when only events passed that were not for this subscription. */
    private static final int IDLE_FACTOR = 10;

    private final Delivery delivery;
    private final SubscriptionRecords records;
    private final Runnable confirmLog;
    private final AuditLedger ledger;
    private final OutOfOrderAcks ahead;
    private final SubscriptionOptions options;
    private Position savedPosition;
    private long savedFinished;
    private long savedAt = System.nanoTime();

    /**
     * Progress from the delivery's beginning, which is saved.
     *
     * @param confirmLog throws if the log went back, in which positions that were reached mean other events
     */
    public CheckpointSaver(
            Delivery delivery,
            SubscriptionRecords records,
            Runnable confirmLog,
            AuditLedger ledger,
            OutOfOrderAcks ahead,
            SubscriptionOptions options) {
        this.delivery = delivery;
        this.records = records;
        this.confirmLog = confirmLog;
        this.ledger = ledger;
        this.ahead = ahead;
        this.options = options;
        this.savedPosition = delivery.scannedTo();
    }

    /** Whether there is something to save. */
    public boolean isUnsaved() {
        return delivery.position().isAfter(savedPosition);
    }

    /** When to save at the latest what is unsaved, as {@link System#nanoTime()}. */
    public long dueAt() {
        long interval = options.checkpointInterval().toNanos();
        return savedAt + (handled() > 0 ? interval : interval * IDLE_FACTOR);
    }

    private long handled() {
        return delivery.finished() - savedFinished;
    }

    public void saveWhenDue() {
        boolean isDue = handled() >= options.checkpointEvents() || System.nanoTime() - dueAt() >= 0;
        if (isDue && isUnsaved()) {
            save();
        }
    }

    /** The position is asked for after the count, so that none is counted as saved that is not. */
    private void save() {
        long finished = delivery.finished();
        Position position = delivery.position();
        if (save(position, ahead.passedAt(position))) {
            ahead.forgetUpTo(position);
            savedPosition = position;
            savedFinished = finished;
            savedAt = System.nanoTime();
        }
    }

    /** No handler is called after this, so that what is finished behind the position can be kept with it. */
    public void saveLast() {
        Position position = delivery.position();
        for (List<RecordChange> part : ahead.lastAt(position, delivery.finishedAfter(position), ledger.leftOut())) {
            if (!save(position, part)) {
                return;
            }
        }
    }

    /** False if the lease was lost. */
    private boolean save(Position position, List<RecordChange> changesAhead) {
        confirmLog.run();
        List<RecordChange> changes = new ArrayList<>(ledger.upTo(position));
        changes.addAll(changesAhead);
        boolean saved = records.save(position, changes);
        if (saved) {
            ledger.saved();
        }
        return saved;
    }
}

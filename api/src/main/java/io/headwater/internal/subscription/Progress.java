package io.headwater.internal.subscription;

import io.headwater.Position;
import io.headwater.SubscriptionOptions;

/** The checkpoint of a delivery: when it is due, and that it never passes what is unfinished (K1). For the driver's thread. */
final class Progress {
    /** How much rarer the checkpoint is saved when only events passed that were not for this subscription. */
    private static final int IDLE_FACTOR = 10;

    private final Delivery delivery;
    private final Tenure tenure;
    private final AuditLedger ledger;
    private final SubscriptionOptions options;
    private Position savedPosition;
    private long savedFinished;
    private long savedAt = System.nanoTime();

    /** Progress from the delivery's beginning, which is saved. */
    Progress(Delivery delivery, Tenure tenure, AuditLedger ledger, SubscriptionOptions options) {
        this.delivery = delivery;
        this.tenure = tenure;
        this.ledger = ledger;
        this.options = options;
        this.savedPosition = delivery.scannedTo();
    }

    /** Whether there is something to save. */
    boolean isUnsaved() {
        return delivery.position().isAfter(savedPosition);
    }

    /** When to save at the latest what is unsaved, as {@link System#nanoTime()}. */
    long dueAt() {
        long interval = options.checkpointInterval().toNanos();
        return savedAt + (handled() > 0 ? interval : interval * IDLE_FACTOR);
    }

    private long handled() {
        return delivery.finished() - savedFinished;
    }

    void saveWhenDue() {
        boolean isDue = handled() >= options.checkpointEvents() || System.nanoTime() - dueAt() >= 0;
        if (isDue && isUnsaved()) {
            save();
        }
    }

    /** The position is asked for after the count, so that none is counted as saved that is not. */
    void save() {
        long finished = delivery.finished();
        Position position = delivery.position();
        if (tenure.save(position, ledger.upTo(position))) {
            ledger.saved();
            savedPosition = position;
            savedFinished = finished;
            savedAt = System.nanoTime();
        }
    }
}

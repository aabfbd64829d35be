package io.headwater.internal.subscription.delivery;

import io.headwater.EventStoreException;
import io.headwater.Position;
import io.headwater.SubscriptionOptions;
import io.headwater.internal.subscription.audit.AuditLedger;
import io.headwater.internal.subscription.lease.OutOfOrderAcks;
import io.headwater.internal.subscription.lease.SubscriptionRecords;
import io.headwater.spi.RecordChange;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The checkpoint of a delivery: when it is due, and that it never passes what is unfinished (K1). A save runs on another thread, while
 * the dispatcher reads on; there is one at a time. For the dispatcher's task.
 */
public final class CheckpointSaver {
    private static final Logger LOG = LoggerFactory.getLogger(CheckpointSaver.class);

    /** How much rarer the checkpoint is saved when only events passed that were not for this subscription. */
    private static final int IDLE_FACTOR = 10;

    private final Delivery delivery;
    private final SubscriptionRecords records;
    private final Runnable confirmLog;
    private final AuditLedger ledger;
    private final OutOfOrderAcks ahead;
    private final SubscriptionOptions options;
    private final Executor threads;
    private final Runnable saveEnded;
    private Position savedPosition;
    private long savedFinished;
    private long savedAt = System.nanoTime();
    private @Nullable CheckpointSave inProgress;

    /** Whether the last save failed. The next one then runs in the dispatcher's task, which retries as it does after other calls. */
    private boolean failed;

    /**
     * Progress from the delivery's beginning, which is saved.
     *
     * @param confirmLog throws if the log went back, in which positions that were reached mean other events
     * @param threads to save on
     * @param saveEnded is called there after each save
     */
    public CheckpointSaver(
            Delivery delivery,
            SubscriptionRecords records,
            Runnable confirmLog,
            AuditLedger ledger,
            OutOfOrderAcks ahead,
            SubscriptionOptions options,
            Executor threads,
            Runnable saveEnded) {
        this.delivery = delivery;
        this.records = records;
        this.confirmLog = confirmLog;
        this.ledger = ledger;
        this.ahead = ahead;
        this.options = options;
        this.threads = threads;
        this.saveEnded = saveEnded;
        this.savedPosition = delivery.scannedTo();
    }

    /** When to save at the latest what is unsaved, as {@link System#nanoTime()}; empty if nothing is, or a save is in progress. */
    public OptionalLong dueAt() {
        return inProgress == null && isUnsaved() ? OptionalLong.of(latest()) : OptionalLong.empty();
    }

    private boolean isUnsaved() {
        return delivery.position().isAfter(savedPosition);
    }

    private long latest() {
        long interval = options.checkpointInterval().toNanos();
        return savedAt + (handled() > 0 ? interval : interval * IDLE_FACTOR);
    }

    private long handled() {
        return delivery.finished() - savedFinished;
    }

    /** Begins a save if it is due. Throws what the last one threw. */
    public void saveWhenDue() {
        settle();
        if (inProgress == null && isDue() && isUnsaved()) {
            inProgress = begin();
            if (failed) {
                settle();
            }
        }
    }

    private boolean isDue() {
        return handled() >= options.checkpointEvents() || System.nanoTime() - latest() >= 0;
    }

    /**
     * Whether a page may be read. While a save is in progress, no more is read than may be handled again after a crash:
     * {@link SubscriptionOptions#checkpointEvery} promises how many events that are.
     */
    public boolean leavesRoom() {
        return inProgress == null
                || delivery.read() - savedFinished + delivery.pageSize()
                        <= (long) options.checkpointEvents() + options.buffer();
    }

    /** Whether no save is in progress. */
    public boolean isQuiet() {
        return inProgress == null || inProgress.isDone();
    }

    /** The position is asked for after the count, so that none is counted as saved that is not. */
    private CheckpointSave begin() {
        long finished = delivery.finished();
        Position position = delivery.position();
        List<RecordChange> changes = changes(position, ahead.passedAt(position));
        CheckpointSave begun = new CheckpointSave(position, finished, () -> save(position, changes), saveEnded);
        execute(begun);
        return begun;
    }

    private void execute(Runnable task) {
        if (failed) {
            task.run();
            return;
        }
        try {
            threads.execute(task);
        } catch (RejectedExecutionException e) {
            task.run();
        }
    }

    /** Takes note of the last save once it has ended. Throws what it threw. */
    private void settle() {
        CheckpointSave ended = inProgress;
        if (ended == null || !ended.isDone()) {
            return;
        }
        inProgress = null;
        failed = ended.hasFailed();
        if (ended.isAccepted()) {
            ledger.saved();
            ahead.forgetUpTo(ended.position());
            savedPosition = ended.position();
            savedFinished = ended.finished();
            savedAt = System.nanoTime();
        }
    }

    /** No handler is called after this, so that what is finished behind the position can be kept with it. Blocks. */
    public void saveLast() {
        settleLast();
        Position position = delivery.position();
        for (List<RecordChange> part : ahead.lastAt(position, delivery.finishedAfter(position), ledger.leftOut())) {
            if (!save(position, changes(position, part))) {
                return;
            }
            ledger.saved();
        }
    }

    /** A failure does not matter any more: the last save includes what the one before was to save. */
    private void settleLast() {
        try {
            settle();
        } catch (EventStoreException e) {
            LOG.debug("the save before the last one failed", e);
        }
    }

    private List<RecordChange> changes(Position position, List<RecordChange> ahead) {
        List<RecordChange> changes = new ArrayList<>(ledger.upTo(position));
        changes.addAll(ahead);
        return changes;
    }

    /** False if the lease was lost. */
    private boolean save(Position position, List<RecordChange> changes) {
        confirmLog.run();
        return records.save(position, changes);
    }
}

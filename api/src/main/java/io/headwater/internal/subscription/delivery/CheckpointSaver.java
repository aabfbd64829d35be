package io.headwater.internal.subscription.delivery;

import io.headwater.EventStoreException;
import io.headwater.Position;
import io.headwater.SubscriptionOptions;
import io.headwater.internal.subscription.audit.AuditLedger;
import io.headwater.internal.subscription.delivery.Delivery.Finished;
import io.headwater.internal.subscription.lease.OutOfOrderAcks;
import io.headwater.internal.subscription.lease.SubscriptionRecords;
import io.headwater.internal.subscription.schedule.EngineThreads;
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
 * Decides when the checkpoint of a delivery is saved, and at which position: never beyond an unfinished event (K1). A save runs
 * on another thread while the dispatcher reads on; if a lane finished enough events, on the lane's thread after its work, which
 * saves a hand-over. One save runs at a time. For the dispatcher's task, unless stated otherwise.
 */
public final class CheckpointSaver {
    private static final Logger LOG = LoggerFactory.getLogger(CheckpointSaver.class);

    /**
     * The checkpoint is saved less often, by this factor, while the log has only events that the subscription does not select.
     */
    private static final int IDLE_FACTOR = 10;

    private final Delivery delivery;
    private final SubscriptionRecords records;
    private final Runnable confirmLog;
    private final AuditLedger ledger;
    private final OutOfOrderAcks ahead;
    private final SubscriptionOptions options;
    private final EngineThreads threads;
    private final Runnable saveEnded;

    // All below is guarded by this object.
    private Position savedPosition;
    private long savedFinished;
    private long savedAt = System.nanoTime();
    private @Nullable CheckpointSave inProgress;

    /**
     * Whether the last save failed. The next one then runs in the dispatcher's task, which retries it like other calls of the
     * store. Lanes do not wait for it.
     */
    private volatile boolean failed;

    /**
     * Creates a saver for a delivery whose current position is saved.
     *
     * @param context the parts that the delivery uses
     * @param confirmLog throws if the log went back, because the position then means another event
     * @param saveEnded is called after each save, by its thread
     */
    public CheckpointSaver(
            Delivery delivery,
            DeliveryContext context,
            SubscriptionRecords records,
            Runnable confirmLog,
            Runnable saveEnded) {
        this.delivery = delivery;
        this.options = context.options();
        this.ledger = context.ledger();
        this.ahead = context.acks();
        this.threads = context.threads();
        this.records = records;
        this.confirmLog = confirmLog;
        this.saveEnded = saveEnded;
        this.savedPosition = delivery.scannedTo();
        delivery.whenHandled(this::saveAfterLane);
    }

    /**
     * Returns the latest time of the next save, as {@link System#nanoTime()}. Empty if there is nothing to save, or a save is in
     * progress.
     */
    public synchronized OptionalLong dueAt() {
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

    /** Begins a save if one is due. Throws the exception of the last save if that failed. */
    public synchronized void saveWhenDue() {
        settle();
        if (mayBegin()) {
            begin(failed ? Runnable::run : threads);
            if (failed) {
                settle();
            }
        }
    }

    /** Begins a save if one is due. Called by lanes at the end of their work, on their threads. */
    private void saveAfterLane() {
        if (failed) {
            return;
        }
        synchronized (this) {
            if (!failed && mayBegin()) {
                begin(threads::executeNext);
            }
        }
    }

    private boolean mayBegin() {
        return inProgress == null && isDue() && isUnsaved();
    }

    private boolean isDue() {
        return handled() >= options.checkpointEvents() || System.nanoTime() - latest() >= 0;
    }

    /**
     * Returns whether another page may be read. While a save is in progress, this limits the number of events that are handled
     * again after a crash, as {@link SubscriptionOptions#checkpointEvery} promises.
     */
    public synchronized boolean leavesRoom() {
        return inProgress == null
                || delivery.read() - savedFinished + delivery.pageSize()
                        <= (long) options.checkpointEvents() + options.buffer();
    }

    /** Returns whether no save is in progress. */
    public synchronized boolean isQuiet() {
        return inProgress == null || inProgress.isDone();
    }

    private void begin(Executor chosen) {
        Finished finished = delivery.finishedNow();
        Position position = finished.position();
        List<RecordChange> changes = changes(position, ahead.passedAt(position));
        CheckpointSave begun =
                new CheckpointSave(position, finished.events(), () -> save(position, changes), saveEnded);
        inProgress = begun;
        execute(begun, records.keepsCheckpoint() ? chosen : Runnable::run);
    }

    private static void execute(Runnable task, Executor chosen) {
        try {
            chosen.execute(task);
        } catch (RejectedExecutionException e) {
            task.run();
        }
    }

    /** Evaluates the last save if it has ended. Throws its exception if it failed. */
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

    /**
     * Saves the last checkpoint, and with it the events behind it that are finished. No handler may be called afterwards. Blocks.
     */
    public synchronized void saveLast() {
        settleLast();
        Position position = delivery.position();
        for (List<RecordChange> part : ahead.lastAt(position, delivery.finishedAfter(position), ledger.leftOut())) {
            if (!save(position, changes(position, part))) {
                return;
            }
            ledger.saved();
        }
    }

    /** Evaluates the last save. Its failure does not matter, because the next one saves everything again. */
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

    /** Returns false if the lease was lost. */
    private boolean save(Position position, List<RecordChange> changes) {
        if (records.keepsCheckpoint()) {
            confirmLog.run();
        }
        return records.save(position, changes);
    }
}

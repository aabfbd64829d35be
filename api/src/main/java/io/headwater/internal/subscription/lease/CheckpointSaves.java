package io.headwater.internal.subscription.lease;

import io.headwater.EventStoreException;
import io.headwater.EventStoreException.Retry;
import io.headwater.spi.CheckpointStore;
import io.headwater.spi.CheckpointStore.Lease;
import io.headwater.spi.CheckpointStore.Save;
import io.headwater.spi.CheckpointStore.SaveResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Saves the checkpoints of all subscriptions of a store. Saves that are requested while one is in progress are made together by
 * the next call. A single save does not wait. Thread-safe; blocks.
 */
public final class CheckpointSaves {
    private final Supplier<CheckpointStore> checkpoints;
    private final Queue<Pending> waiting = new ConcurrentLinkedQueue<>();
    private final Lock saving = new ReentrantLock();

    /** Creates an instance for a store, which is requested at the first save. */
    CheckpointSaves(Supplier<CheckpointStore> checkpoints) {
        this.checkpoints = checkpoints;
    }

    /** A save and its result. Guarded by the lock. */
    private static final class Pending {
        private final Save save;
        private @Nullable SaveResult result;
        private @Nullable EventStoreException failure;

        Pending(Save save) {
            this.save = save;
        }

        boolean isDone() {
            return result != null || failure != null;
        }
    }

    /** As {@link CheckpointStore#save(Lease, int, io.headwater.Position, List)}. */
    SaveResult save(Save save) {
        Pending own = new Pending(save);
        waiting.add(own);
        saving.lock();
        try {
            if (!own.isDone()) {
                saveWaiting(own);
            }
        } finally {
            saving.unlock();
        }
        if (own.failure != null) {
            throw own.failure;
        }
        return Objects.requireNonNull(own.result, "result");
    }

    /** Makes the saves that wait. An error is thrown to this caller only; the other callers try again. */
    private void saveWaiting(Pending own) {
        List<Pending> group = new ArrayList<>();
        for (Pending next = waiting.poll(); next != null; next = waiting.poll()) {
            group.add(next);
        }
        try {
            if (group.size() == 1) {
                saveAlone(group.get(0));
            } else {
                saveTogether(group);
            }
        } finally {
            group.stream().filter(each -> each != own && !each.isDone()).forEach(waiting::add);
        }
    }

    /**
     * Makes several saves by one call. A failure that a retry cannot mend may be caused by one of them, so each is then made
     * alone.
     */
    private void saveTogether(List<Pending> group) {
        try {
            Map<Lease, SaveResult> results = checkpoints
                    .get()
                    .saveAll(group.stream().map(each -> each.save).toList());
            group.forEach(each -> each.result = results.get(each.save.lease()));
        } catch (EventStoreException e) {
            if (e.retry() == Retry.NEVER) {
                group.forEach(this::saveAlone);
            } else {
                group.forEach(each -> each.failure = e);
            }
        }
    }

    private void saveAlone(Pending pending) {
        Save save = pending.save;
        try {
            pending.result = checkpoints.get().save(save.lease(), save.partition(), save.position(), save.changes());
        } catch (EventStoreException e) {
            pending.failure = e;
        }
    }
}

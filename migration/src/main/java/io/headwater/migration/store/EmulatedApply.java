package io.headwater.migration.store;

import io.headwater.EventStore;
import io.headwater.Position;
import io.headwater.spi.Applied;
import io.headwater.spi.Batch;
import io.headwater.spi.Change;
import io.headwater.spi.Change.Advanced;
import io.headwater.spi.Change.Appended;
import io.headwater.spi.Change.Tombstoned;
import io.headwater.spi.Change.Truncated;
import io.headwater.spi.CheckpointStore;
import io.headwater.spi.CheckpointStore.Lease;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Applies changes by appends, truncations and tombstones, and saves the progress after them.
 *
 * <p>An append at exactly <i>n</i> is written once, however often it is made, but for one case: a stream that was emptied takes an
 * append at version 0 again. So the progress is saved before a stream is emptied, and what lies at or before it is not sent again.
 */
final class EmulatedApply {
    private final CheckpointStore checkpoints;
    private final ExactAppends appends;
    private final EmptiedStreams emptied;
    /** How far this object brought each lane: a call that is repeated begins there. */
    private final Map<String, Position> reached = new ConcurrentHashMap<>();

    EmulatedApply(EventStore store) {
        this.checkpoints = store.facet(CheckpointStore.class).orElseThrow();
        this.appends = new ExactAppends(store);
        this.emptied = new EmptiedStreams(store);
    }

    Applied apply(Lease lease, Batch batch) {
        try {
            List<Appended> run = new ArrayList<>();
            for (Change change : batch.changes()) {
                if (change instanceof Appended appended) {
                    addNew(appended, lease, batch, run);
                } else if (!administer(change, run, lease, batch)) {
                    return new Applied.Fenced();
                }
            }
            make(run, lease, batch);
        } catch (Misfit misfit) {
            return misfit.diverged();
        }
        return save(lease, batch, batch.upTo()) ? new Applied.Done(appends.last()) : new Applied.Fenced();
    }

    private void addNew(Appended appended, Lease lease, Batch batch, List<Appended> run) {
        Position before = reached.getOrDefault(lane(lease, batch), Position.START);
        if (appended.position().isAfter(before)) {
            run.add(appended);
        }
    }

    private void make(List<Appended> run, Lease lease, Batch batch) throws Misfit {
        appends.make(run, position -> reached.put(lane(lease, batch), position));
    }

    /** Returns whether the lease is still held. */
    private boolean administer(Change change, List<Appended> run, Lease lease, Batch batch) throws Misfit {
        make(run, lease, batch);
        if (!run.isEmpty() && !save(lease, batch, run.get(run.size() - 1).position())) {
            return false;
        }
        run.clear();
        if (change instanceof Truncated truncated) {
            emptied.truncate(truncated.stream(), truncated.first());
        } else if (change instanceof Tombstoned tombstoned) {
            emptied.tombstone(tombstoned.stream());
        } else if (change instanceof Advanced advanced) {
            emptied.advance(advanced.stream(), advanced.version());
        }
        return true;
    }

    private boolean save(Lease lease, Batch batch, Position upTo) {
        boolean held = checkpoints.change(lease, List.of(batch.progressAt(upTo)));
        if (held) {
            reached.put(lane(lease, batch), upTo);
        }
        return held;
    }

    private static String lane(Lease lease, Batch batch) {
        return lease.subscription() + " " + batch.sourceId() + " " + batch.lane();
    }
}

package io.headwater.migration.copy;

import io.headwater.EventStore;
import io.headwater.Position;
import io.headwater.migration.store.Replicas;
import io.headwater.spi.Applied;
import io.headwater.spi.Applied.Diverged;
import io.headwater.spi.Batch;
import io.headwater.spi.Change;
import io.headwater.spi.Replication;
import java.util.List;

/** Applies changes to the target, under the lease, again after failures that may pass, and across scavenged events. */
final class Applier {
    private static final int LANE = 0;

    private final Replication target;
    private final String sourceId;
    private final MigratorLease lease;
    private final FittingAppends fitting;
    private final Gaps gaps;
    private final Patience patience;
    private final boolean keepPositions;

    Applier(
            EventStore source,
            EventStore target,
            MigratorLease lease,
            Gaps gaps,
            Accepted accepted,
            Patience patience,
            boolean keepPositions) {
        this.keepPositions = keepPositions;
        this.target = Replicas.of(target);
        this.sourceId = source.storeId();
        this.lease = lease;
        this.fitting = new FittingAppends(target, accepted);
        this.gaps = gaps;
        this.patience = patience;
    }

    /** Applies these changes, and records that the source was copied up to this position. */
    void apply(List<Change> changes, Position upTo) {
        List<Change> next = fitting.of(changes);
        while (true) {
            Applied applied = attempt(new Batch(LANE, sourceId, keepPositions, next, upTo));
            if (applied instanceof Applied.Done) {
                return;
            }
            if (applied instanceof Diverged diverged) {
                List<Change> refused = next;
                next = patience.call(() -> gaps.bridged(refused, diverged));
            } else {
                throw lease.lost();
            }
        }
    }

    private Applied attempt(Batch batch) {
        return patience.call(() -> {
            lease.check();
            return target.apply(lease.lease(), batch);
        });
    }
}

package io.headwater.migration.store;

import io.headwater.EventStore;
import io.headwater.LogFilter;
import io.headwater.LogPage;
import io.headwater.LogQuery;
import io.headwater.Position;
import io.headwater.RecordedEvent;
import io.headwater.spi.Applied;
import io.headwater.spi.Batch;
import io.headwater.spi.Change;
import io.headwater.spi.Change.Appended;
import io.headwater.spi.Change.Write;
import io.headwater.spi.ChangePage;
import io.headwater.spi.CheckpointStore.Lease;
import io.headwater.spi.Fidelity;
import io.headwater.spi.Replication;
import java.util.List;
import java.util.Set;

/**
 * {@link Replication} by the operations that every store has. As a source it reads the log, in which each event counts as one append,
 * and returns no truncations and tombstones: {@link StreamState} tells them. As a target it makes appends at exact versions, and saves
 * the progress after them: a call that failed may have stored some of its changes.
 */
final class EmulatedReplication implements Replication {
    private final EventStore store;
    private final EmulatedApply apply;

    EmulatedReplication(EventStore store) {
        this.store = store;
        this.apply = new EmulatedApply(store);
    }

    @Override
    public Set<Fidelity> fidelity() {
        return Set.of();
    }

    @Override
    public ChangePage changes(Position after, LogFilter filter, int limit) {
        LogPage page = store.readLog(LogQuery.all().after(after).filter(filter).limit(limit));
        List<Change> changes =
                page.events().stream().map(EmulatedReplication::appended).toList();
        return new ChangePage(changes, page.scannedTo(), page.more());
    }

    private static Change appended(RecordedEvent event) {
        return new Appended(List.of(new Write(false, List.of(event))));
    }

    @Override
    public Applied apply(Lease lease, Batch batch) {
        return apply.apply(lease, batch);
    }
}

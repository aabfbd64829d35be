package io.headwater.internal;

import io.headwater.Names;
import io.headwater.Snapshot;
import io.headwater.SnapshotStore;
import io.headwater.StreamId;
import java.util.Optional;

/**
 * Refuses names that no snapshot can have.
 *
 * @param backend what keeps the snapshots
 */
record CheckedSnapshots(SnapshotStore backend) implements SnapshotStore {

    @Override
    public boolean save(Snapshot snapshot) {
        return backend.save(snapshot);
    }

    @Override
    public Optional<Snapshot> load(StreamId stream, String name) {
        return backend.load(stream, Names.check(name, "snapshot name"));
    }

    @Override
    public void delete(StreamId stream, String name) {
        backend.delete(stream, Names.check(name, "snapshot name"));
    }
}

package io.headwater.memory;

import io.headwater.Snapshot;
import io.headwater.SnapshotStore;
import io.headwater.StreamId;
import java.util.Optional;

/** The latest snapshot of each stream and name. */
final class MemorySnapshots implements SnapshotStore {
    private final MemoryStorage storage;

    MemorySnapshots(MemoryStorage storage) {
        this.storage = storage;
    }

    /** Which snapshot. */
    record Key(StreamId stream, String name) {}

    @Override
    public boolean save(Snapshot snapshot) {
        return storage.write(() -> {
            Key key = new Key(snapshot.stream(), snapshot.name());
            Snapshot latest = storage.snapshots.get(key);
            if (latest != null && latest.version() >= snapshot.version()) {
                return false;
            }
            storage.snapshots.put(key, snapshot);
            return true;
        });
    }

    @Override
    public Optional<Snapshot> load(StreamId stream, String name) {
        return storage.read(() -> Optional.ofNullable(storage.snapshots.get(new Key(stream, name))));
    }

    @Override
    public void delete(StreamId stream, String name) {
        storage.write(() -> {
            storage.snapshots.remove(new Key(stream, name));
        });
    }
}

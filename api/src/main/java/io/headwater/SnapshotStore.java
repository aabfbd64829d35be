package io.headwater;

import java.util.Optional;

/** The latest snapshot of each stream and name ({@link Capability#SNAPSHOTS}, Z1). All calls block; thread-safe. */
public interface SnapshotStore {

    /**
     * Saves a snapshot, unless there is one of the same or a later version.
     *
     * @return whether it was saved
     */
    boolean save(Snapshot snapshot);

    /** The latest snapshot of this stream and name. */
    Optional<Snapshot> load(StreamId stream, String name);

    /** Deletes the snapshot of this stream and name, if there is one. */
    void delete(StreamId stream, String name);
}

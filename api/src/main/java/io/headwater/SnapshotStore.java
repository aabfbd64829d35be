package io.headwater;

import java.util.Optional;

/** The latest snapshot of each stream and name ({@link Capability#SNAPSHOTS}, Z1). Blocks; thread-safe. */
public interface SnapshotStore {

    /**
     * Saves a snapshot, unless one of the same or a later version is stored.
     *
     * @return whether it was saved
     */
    boolean save(Snapshot snapshot);

    /** The latest snapshot of this stream and name; empty if there is none. */
    Optional<Snapshot> load(StreamId stream, String name);

    /** Deletes the snapshot of this stream and name, if there is one. */
    void delete(StreamId stream, String name);
}

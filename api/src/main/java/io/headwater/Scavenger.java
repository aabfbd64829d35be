package io.headwater;

/** Removes deleted and truncated events physically ({@link Capability#SCAVENGE}). Thread-safe. */
public interface Scavenger {

    /**
     * Removes the hidden events of deleted, tombstoned and truncated streams from the storage and from the global log.
     * Positions of other events do not change, and no position is given again (D4). Blocks, possibly for long; appends and
     * reads continue meanwhile. If it fails, events that were not removed are removed by the next call.
     *
     * @return the number of events that were removed
     */
    long scavenge();
}

package io.headwater;

/** Physically removing what was deleted or truncated ({@link Capability#SCAVENGE}). */
public interface Scavenger {

    /**
     * Removes the events of deleted, tombstoned and truncated streams from the storage and the global log. Positions of
     * the others stay, and none is used again (D4). Blocks; may run for long; appends and reads go on meanwhile, and a
     * run that is cut off can be repeated.
     *
     * @return the number of events removed
     */
    long scavenge();
}

package io.headwater.benchmarks;

import io.headwater.EventStore;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A backend to measure, and the baselines that do the same work on the same tables with its raw driver. */
interface Target extends Storage {

    /** The baselines for appends of batches of this size, with one commit for each append. */
    List<Baselines> appendBaselines(int batch);

    /**
     * Variants that do the same work; the fastest is the baseline.
     *
     * @param over the name in the report; may be empty
     * @param goal the goal for the ratio, with more than one writer
     */
    record Baselines(String over, List<AppendVariant> variants, Goal goal) {}

    /**
     * A single writer that only inserts events, with one transaction for each batch: the maximum rate of the storage.
     */
    Optional<AppendVariant> insertBaseline();

    /** Reads the events of this store, which was opened in this folder. */
    Reader baselineReader(Path folder, EventStore store) throws Exception;

    /** Copies the whole log out of the store of this folder, if there is a faster way than by pages. */
    default Optional<Dump> baselineDump(Path folder) throws Exception {
        return Optional.empty();
    }

    /** Does what the storage of this folder does by itself some minutes after many appends, so that it is not done during a measurement. */
    default void settle(Path folder) throws Exception {}

    /** Whether the goals apply: they are meant for stores that write to a disk. */
    default boolean hasGoals() {
        return true;
    }

    /** Whether appends of many writers share a commit, which plain application code would not do. */
    boolean groupsCommits();

    /** The goal for the events per second of a subscription that catches up. */
    default Goal catchUpGoal() {
        return Goal.NONE;
    }

    /** Whether other processes can open the same store. */
    default boolean isShared() {
        return true;
    }
}

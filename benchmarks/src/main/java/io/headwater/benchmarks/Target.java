package io.headwater.benchmarks;

import io.headwater.EventStore;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** A backend to measure, and how its raw driver is used for the same work on the same tables. */
interface Target extends AutoCloseable {

    /** The backend's name. */
    String name();

    /** Starts what it needs, before anything else is asked of it. */
    default void start(Path folder) throws Exception {}

    /** What a reader of the figures must know: the server's version, when an append is durable. */
    String facts() throws Exception;

    /**
     * Where Headwater opens a store.
     *
     * @param folder a folder that is there; the same folder means the same store, for backends that have files
     */
    String url(Path folder);

    /** Removes the store of this folder, as far as it lies elsewhere. */
    default void remove(Path folder) throws SQLException {}

    /** Whom appends of batches of this size are compared with, with one commit for each append. */
    List<Rivals> rawAppends(int batch);

    /**
     * Ways to do the same; the fastest is what Headwater is compared with.
     *
     * @param over said in the report; may be empty
     * @param goal for the ratio, with more than one writer
     */
    record Rivals(String over, List<Entrant> entrants, Goal goal) {}

    /** One writer that only inserts events, a transaction for each batch: the most that the storage could do. */
    Optional<Entrant> rawInserts();

    /** Reads what this store, which was opened in this folder, holds. */
    Reader rawReader(Path folder, EventStore store) throws Exception;

    /** Copies the whole log out of the store of this folder, if it can do so faster than by pages. */
    default Optional<Dump> rawDump(Path folder) throws Exception {
        return Optional.empty();
    }

    /** Whether the goals hold for it: they were set for stores that write to a disk. */
    default boolean hasGoals() {
        return true;
    }

    /** Whether appends of many writers share a commit, which an application by itself would not do. */
    boolean groupsCommits();

    /** How many events per second a subscription should catch up with. */
    default Goal catchUpGoal() {
        return Goal.NONE;
    }

    /** Whether other processes can open the same store. */
    default boolean isShared() {
        return true;
    }

    /** After how many events a measurement ends though its time is not up. */
    default long mostEvents() {
        return Long.MAX_VALUE;
    }

    @Override
    default void close() throws IOException {}
}

package io.headwater.benchmarks;

import io.headwater.EventStore;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A backend to measure, and how its raw driver is used for the same work on the same tables. */
interface Target {

    /** The backend's name. */
    String name();

    /** What a reader of the figures must know: the server's version, when an append is durable. */
    String facts() throws Exception;

    /**
     * Where Headwater opens a store.
     *
     * @param folder a folder that is there; the same folder means the same store, for backends that have files
     */
    String url(Path folder);

    /** Ways to append with one commit for each append; the fastest is what Headwater is compared with. */
    List<Entrant> rawAppends();

    /** One writer that only inserts events, a transaction for each batch: the most that the storage could do. */
    Optional<Entrant> rawInserts();

    /** Reads what this store, which was opened in this folder, holds. */
    Reader rawReader(Path folder, EventStore store) throws Exception;

    /** Whether the goals hold for it: they were set for stores that write to a disk. */
    boolean hasGoals();

    /** How many events per second a subscription should catch up with. */
    Goal catchUpGoal();

    /** Whether other processes can open the same store. */
    boolean isShared();

    /** After how many events a measurement ends though its time is not up. */
    long mostEvents();
}

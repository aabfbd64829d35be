package io.headwater;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The tables and functions of a store, for creating them apart from opening it: by an administrator, who has the rights that
 * the application lacks, or by a migration tool. {@link EventStores#schema} returns it. Every call uses a connection of its
 * own and blocks; thread-safe.
 */
public interface StoreSchema {

    /**
     * All statements that create the tables and functions from nothing, for a review or a migration tool. Does not connect
     * to a server.
     */
    String script();

    /**
     * The format of the storage; empty if there is no store. Versions that know only older formats refuse it.
     *
     * @throws IncompatibleStore if the storage is not an event store, or has a newer format
     * @throws StoreUnavailable if the storage cannot be reached
     */
    OptionalInt format();

    /** The format that the storage has after {@link #apply}. */
    int newestFormat();

    /**
     * The steps that are needed before this version can use the storage, in order; empty if there are none.
     *
     * @throws IncompatibleStore if the storage is not an event store, or has a newer format
     * @throws StoreUnavailable if the storage cannot be reached
     */
    List<String> missing();

    /**
     * Makes the {@linkplain #missing() missing} steps, all or none of them. Of several processes that do this at the same
     * time, one makes them. There is no way back: versions that know only an older format refuse the storage afterwards
     * (L3).
     *
     * @return the steps that were made; empty if none were missing
     * @throws IncompatibleStore if the storage is not an event store, or has a newer format; it is left unchanged
     * @throws StoreUnavailable if the storage cannot be reached
     */
    List<String> apply();

    /**
     * How to remove the store from storage that others share; empty where the storage has its own means for that, such as
     * removing a file. Connects to nothing before the answer is used.
     */
    default Optional<StoreRemoval> removal() {
        return Optional.empty();
    }
}

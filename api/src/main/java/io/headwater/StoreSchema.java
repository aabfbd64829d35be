package io.headwater;

import java.util.List;
import java.util.OptionalInt;

/**
 * The tables and functions that a store consists of, to be looked at and made apart from opening it: by an administrator who
 * alone has the rights, or by a migration tool. Got from {@link EventStores#schema}. Every call takes its own connection and
 * blocks; thread-safe.
 */
public interface StoreSchema {

    /** All statements that make it from nothing, for review or for a migration tool. Asks no server. */
    String script();

    /**
     * The format of the storage, which older versions refuse when it is newer than they know; empty if there is no store.
     *
     * @throws IncompatibleStore if there is something else, or a newer version's
     * @throws StoreUnavailable if the server cannot be reached
     */
    OptionalInt format();

    /** The format that the storage has after {@link #apply}. */
    int newestFormat();

    /**
     * The steps that are missing for this version to work, in order; empty when it is current.
     *
     * @throws IncompatibleStore if there is something else, or a newer version's
     * @throws StoreUnavailable if the server cannot be reached
     */
    List<String> missing();

    /**
     * Makes what is missing, all or nothing, and only once when several processes do this. There is no way back from a newer
     * format: versions that know only an older one refuse the store afterwards (L3).
     *
     * @return the steps that were made; empty if it was current
     * @throws IncompatibleStore if there is something else, or a newer version's; it is left as it is
     * @throws StoreUnavailable if the server cannot be reached
     */
    List<String> apply();
}

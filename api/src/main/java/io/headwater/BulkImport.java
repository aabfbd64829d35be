package io.headwater;

import java.util.List;

/** Makes many appends at once, at a lower cost than one by one ({@link Capability#BULK_IMPORT}). Blocks; thread-safe. */
public interface BulkImport {

    /**
     * Makes these appends in order, as if by one call for each, and stops after the first conflict (F2). Each append is
     * atomic. In the global log they lie in the order of the list.
     *
     * <p>When this method returns, every append of the result is decided, and those that were written are durable. When it
     * throws, the first few appends may be stored and the others not; the same call again stores the rest, as far as repeats
     * are recognised (I1, I3).
     *
     * @param requests any number; each within the store's limits
     * @return the outcome of each append, in the order of the list; shorter than the list if its last element is a conflict
     * @throws StreamDeleted if an append writes to a tombstoned stream; the appends before it are stored
     */
    List<AppendOutcome> appendAll(List<AppendRequest> requests);
}

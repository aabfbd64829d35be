package io.headwater;

import java.util.List;

/** Many appends at the price of few ({@link Capability#BULK_IMPORT}). Blocks; thread-safe. */
public interface BulkImport {

    /**
     * Makes these appends as if they were called one after the other, until one is in conflict: each is atomic, they lie in
     * the global log in this order, and none overtakes one that was not written. When the call returns all of them are decided and durable. When the call fails, the
     * first few may be stored and the others not: the same call again completes it, as far as repeats are recognised (I1, I3). {@link StreamDeleted} comes after
     * what lay before the append to the tombstoned stream was stored; leave that append out and call again.
     *
     * @param requests any number; each within the store's limits
     * @return how each ended, in the same order; shorter than the requests if its last one is a conflict
     */
    List<AppendOutcome> appendAll(List<AppendRequest> requests);
}

package io.headwater.spi;

import io.headwater.LogFilter;
import io.headwater.Position;
import io.headwater.spi.CheckpointStore.Lease;
import java.util.Set;

/**
 * Returns the changes of a store, and applies those of other stores ({@link io.headwater.Capability#REPLICATION}; F4, F5). Tools that
 * move stores use it. Applications append. All calls block, and implementations must be thread-safe.
 *
 * <p>Every version of a stream is written at most once, whichever process applies it and however often: a change says which
 * version of its stream it is, and is compared with what the store has there.
 */
public interface Replication {

    /** Returns what is returned with changes, and what is kept of them. */
    Set<Fidelity> fidelity();

    /**
     * Returns a page of the changes of the store in the order of the log, each whole, up to its head (F4).
     *
     * @param after the position to read from, exclusive: {@link Position#START}, {@link ChangePage#scannedTo()}, the position of a
     *     change, or a head of the log
     * @param filter which changes are returned: appends with an event that it accepts, whole; truncations and tombstones of streams
     *     whose category and prefix it accepts
     * @param limit after how many events, truncations and tombstones to end the page, at least 1. The last append is whole, so
     *     that there may be more
     */
    ChangePage changes(Position after, LogFilter filter, int limit);

    /**
     * Applies changes in their order, unless the lease was lost, and records the progress among the records of the lease (F5).
     * If the call fails, some parts of the batch may be applied in their order, each with its progress, or none; the same call can be
     * made again. With {@link Fidelity#ATOMIC} there is one part.
     *
     * <p>An event of the version that follows that of its stream is written. One of an earlier version is a repeat if the store has the
     * same event there, or none because it was removed. Anything else diverges. What is hidden or tombstoned stays so.
     *
     * @param lease the lease of the migration, from {@link Backend#checkpoints()}
     * @param batch each of its appends within the limits of the store; there are none for the batch
     */
    Applied apply(Lease lease, Batch batch);
}

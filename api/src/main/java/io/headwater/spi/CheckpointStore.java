package io.headwater.spi;

import io.headwater.Position;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Stores the checkpoints, leases and records of durable subscriptions (K1–K4).
 *
 * <p>A lease is held by one owner at a time, for as long as the owner renews it. Each acquisition increments the
 * subscription's epoch, and a checkpoint can be saved only with the current epoch: a holder whose lease was taken over
 * can no longer save, whatever its clock says. Time only decides when a lease may be taken over.
 *
 * <p>A backend gives a lease to another owner when the lease has expired by the backend's clock. The backend need not
 * detect that this clock is wrong: {@link #acquire} of a store's facet also takes over a lease that its holder has not
 * renewed for one term by the caller's monotonic clock. It calls {@link #holder} and {@link #takeOver} to do so.
 *
 * <p>All calls block, and implementations must be thread-safe. Tools and the TCK use it as a
 * {@linkplain io.headwater.EventStore#facet facet}, which every store has.
 */
public interface CheckpointStore {
    /** The maximum term of a lease. */
    Duration LONGEST_TERM = Duration.ofDays(366);

    /**
     * Acquires the lease if it is free, has expired, or is held by this owner, and stores the term with it.
     *
     * @param owner the name of the new holder, unique among all processes
     * @param term how long the lease lasts unless renewed; positive, at most {@link #LONGEST_TERM}
     * @return the lease; empty if another owner holds it
     */
    Optional<Lease> acquire(String subscription, String owner, Duration term);

    /**
     * Takes over a lease that has not changed since {@link #holder} returned it: its holder has neither renewed nor
     * lost it. The lease need not have expired by the backend's clock, because the caller has observed it for one term
     * (K3). If several callers try at once, one succeeds.
     *
     * @param seen the result of {@link #holder}
     * @param owner the name of the new holder, unique among all processes
     * @param term how long the lease lasts unless renewed; positive, at most {@link #LONGEST_TERM}
     * @return the lease; empty if it has changed since {@code seen}
     */
    Optional<Lease> takeOver(Holder seen, String owner, Duration term);

    /**
     * Renews a lease for this term from now, stores the term with it, and increments its number of renewals.
     *
     * @return whether the lease is still held; false if it was taken over, released or reset. A lease that is no longer
     *     held is never valid again
     */
    boolean renew(Lease lease, Duration term);

    /**
     * Renews several leases, each as by {@link #renew}. They are independent: a lost lease does not affect the others.
     * They need not be renewed atomically: if the call fails, some may have been renewed, and the same call can be made
     * again.
     *
     * <p>A process renews the leases of all its subscriptions by this call. It should cost the storage little more than
     * one renewal, such as one transaction or one request. The default implementation renews one lease after the other.
     *
     * @param leases any number of leases
     * @param term the term of each, as for {@link #renew}
     * @return the leases that are still held
     */
    default Set<Lease> renewAll(Collection<Lease> leases, Duration term) {
        return leases.stream().filter(lease -> renew(lease, term)).collect(Collectors.toSet());
    }

    /** Releases a lease, so that other owners can acquire it. Does nothing if the lease was lost. */
    void release(Lease lease);

    /**
     * Saves the checkpoint of a partition and changes records, atomically, unless the lease was lost or a later
     * checkpoint is stored.
     *
     * @param position everything up to here was handled, inclusive
     * @param changes each of a different record; at most {@value SubscriptionRecord#MAX_CHANGES} of them and
     *     {@value SubscriptionRecord#MAX_CHANGES_BYTES} bytes, as {@link RecordChange#size()} counts them. The store
     *     refuses more with {@link io.headwater.LimitExceeded} before it calls the backend
     */
    SaveResult save(Lease lease, int partition, Position position, List<RecordChange> changes);

    /** Saves a checkpoint as {@link #save(Lease, int, Position, List)} does, without changes to records. */
    default SaveResult save(Lease lease, int partition, Position position) {
        return save(lease, partition, position, List.of());
    }

    /**
     * Saves checkpoints of several subscriptions, each as by {@link #save(Lease, int, Position, List)}. They are
     * independent: one that is {@link SaveResult#FENCED} or {@link SaveResult#BEHIND} does not affect the others. Each
     * is saved atomically with its changes, but not with the others: if the call fails, some may have been saved, and
     * the same call can be made again.
     *
     * <p>A process saves the checkpoints of all its subscriptions by this call. It should cost the storage little more
     * than one save. The default implementation makes one save after the other.
     *
     * @param saves any number, each for a different lease and within the bounds of one save
     * @return the result of each
     */
    default Map<Lease, SaveResult> saveAll(List<Save> saves) {
        return saves.stream()
                .collect(Collectors.toMap(
                        Save::lease, save -> save(save.lease(), save.partition(), save.position(), save.changes())));
    }

    /**
     * Changes records of the subscription of a lease, atomically, unless the lease was lost.
     *
     * @param changes as for {@link #save(Lease, int, Position, List)}
     * @return false if the lease was lost, in which case nothing changed
     */
    boolean change(Lease lease, List<RecordChange> changes);

    /**
     * Changes records of a subscription without its lease, atomically. Tools use it to leave a request for the process
     * that runs the subscription.
     *
     * @param changes as for {@link #save(Lease, int, Position, List)}
     */
    void change(String subscription, List<RecordChange> changes);

    /**
     * Returns the records of a kind, ordered by key, in the order of code points. The store refuses a kind or a key
     * that no record can have before it calls the backend.
     *
     * @param after the key to start after, exclusive; the empty string for all records
     * @param limit the maximum number of records to return, at least 1; fewer are returned only if there are no more
     */
    List<SubscriptionRecord> records(String subscription, String kind, String after, int limit);

    /** Returns the checkpoints of a subscription, ordered by partition; empty if it has none. */
    List<Checkpoint> load(String subscription);

    /** Returns the checkpoints of all subscriptions, ordered by name and partition. */
    List<Checkpoint> list();

    /** Returns the holder of a subscription's lease; empty if the lease is free or has expired. */
    Optional<Holder> holder(String subscription);

    /**
     * Returns the holders of all leases that are held and have not expired, ordered by the name of the subscription.
     */
    List<Holder> holders();

    /**
     * Replaces all checkpoints of a subscription by one for partition 0, which may be earlier or later, removes its
     * records, and revokes the lease, so that an active holder cannot overwrite the checkpoint. Atomic.
     */
    void reset(String subscription, Position position);

    /**
     * Removes the checkpoints and records of a subscription, and revokes its lease, atomically. The epoch is kept, so
     * that former holders stay fenced.
     *
     * @return whether there was a checkpoint or a record to remove
     */
    boolean forget(String subscription);

    /**
     * The right to run a subscription.
     *
     * @param subscription the name of the subscription
     * @param owner the name of the holder
     * @param epoch the fencing token; it grows with every acquisition
     */
    record Lease(String subscription, String owner, long epoch) {}

    /**
     * The arguments of {@link #save(Lease, int, Position, List)}.
     *
     * @param lease the lease under which to save
     * @param partition the number of the partition, from 0
     * @param position everything up to here was handled, inclusive
     * @param changes the changes of records to make with the checkpoint
     */
    record Save(Lease lease, int partition, Position position, List<RecordChange> changes) {}

    /**
     * A lease that is held, as it is stored. While the lease does not change, the backend returns equal values.
     *
     * @param lease the lease
     * @param until when it expires unless renewed, by the clock of the process that renewed it last, or of the server
     * @param term how long it lasts from its last renewal, as its holder stored it
     * @param renewals how often it was renewed since it was acquired, so that a renewal changes the value even if the
     *     clock stands still
     */
    record Holder(Lease lease, Instant until, Duration term, long renewals) {}

    /**
     * The checkpoint of a partition of a subscription.
     * @param subscription the name of the subscription
     * @param partition the number of the partition, from 0
     * @param position everything up to here was handled, inclusive
     * @param savedAt when the checkpoint was saved, by the clock of the process that saved it
     * @param storeId the {@linkplain Backend#storeId() id} of the store that the position belongs to (K4)
     */
    record Checkpoint(String subscription, int partition, Position position, Instant savedAt, String storeId) {}

    /** The result of saving a checkpoint. */
    enum SaveResult {
        /** The checkpoint and the changes are saved. */
        SAVED,
        /** A later checkpoint is stored; nothing changed (K2). */
        BEHIND,
        /** The lease was lost; nothing changed (K2). */
        FENCED
    }
}

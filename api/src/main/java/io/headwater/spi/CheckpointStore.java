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
 * How far each durable subscription came, who may run it (K1–K4), and the records that are kept with it.
 *
 * <p>A lease is held by one owner at a time, for as long as it is renewed. Each acquisition raises the subscription's
 * epoch, and a checkpoint can be saved only with the epoch that is current: a holder whose lease was taken over can no
 * longer save, whatever its clock says. Time only decides when a lease may be taken over.
 *
 * <p>A backend gives a lease to another owner when it has run out by the clock that the backend goes by. It need not
 * notice that this clock is wrong: {@link #acquire} of a store's facet also gives a lease whose holder has not renewed
 * it for its term by the caller's monotonic clock, by {@link #holder} and {@link #takeOver}.
 *
 * <p>All calls block; thread-safe. Tools and the TCK reach it as a {@linkplain io.headwater.EventStore#facet facet},
 * which every store has.
 */
public interface CheckpointStore {
    /** The longest term of a lease. */
    Duration LONGEST_TERM = Duration.ofDays(366);

    /**
     * Takes the lease if it is free, has run out, or is this owner's already, and stores the term with it.
     *
     * @param owner names the holder, unique among all processes
     * @param term how long it lasts unless renewed; positive, at most {@link #LONGEST_TERM}
     * @return empty if another holds it
     */
    Optional<Lease> acquire(String subscription, String owner, Duration term);

    /**
     * Takes the lease from a holder that has neither renewed it since it was seen like this, nor lost it. The lease may
     * not have run out by the backend's clock: the caller has watched it for its term (K3). Of several callers one gets
     * it.
     *
     * @param seen what {@link #holder} returned
     * @param owner the new holder, unique among all processes
     * @param term how long it lasts unless renewed; positive, at most {@link #LONGEST_TERM}
     * @return empty if the lease has changed since it was seen
     */
    Optional<Lease> takeOver(Holder seen, String owner, Duration term);

    /**
     * Makes a lease last for this term from now, stores the term with it, and counts the renewal.
     *
     * @return whether it is still held; false if it was taken over, released or reset, after which it is never valid
     *     again
     */
    boolean renew(Lease lease, Duration term);

    /**
     * Renews several leases, as {@link #renew} does each. Each is decided by itself: one that was lost leaves the
     * others as they are. They need not be renewed at the same moment: after a failure some may be renewed, and the
     * same call can be made again.
     *
     * <p>A process renews the leases of all its subscriptions by this call, which should cost the storage little more
     * than one renewal, such as one transaction or one request.
     *
     * @param leases any number
     * @param term of each, as of {@link #renew}
     * @return those that are still held
     */
    default Set<Lease> renewAll(Collection<Lease> leases, Duration term) {
        return leases.stream().filter(lease -> renew(lease, term)).collect(Collectors.toSet());
    }

    /** Frees the lease for others, unless it was lost already. */
    void release(Lease lease);

    /**
     * Saves how far a partition came, and changes records with it, all or nothing, as long as the lease is not lost and
     * the position does not go back.
     *
     * @param changes each of another record; at most {@value SubscriptionRecord#MAX_CHANGES} of them and {@value
     *     SubscriptionRecord#MAX_CHANGES_BYTES} bytes. The store refuses more with {@link io.headwater.LimitExceeded}
     *     before a backend sees it
     */
    SaveResult save(Lease lease, int partition, Position position, List<RecordChange> changes);

    /** As {@link #save(Lease, int, Position, List)}, without changes of records. */
    default SaveResult save(Lease lease, int partition, Position position) {
        return save(lease, partition, position, List.of());
    }

    /**
     * Saves checkpoints of several subscriptions, as {@link #save(Lease, int, Position, List)} does each, all or
     * nothing. Each is decided by itself: one that is {@link SaveResult#FENCED} or {@link SaveResult#BEHIND} leaves the
     * others as they are. They need not be saved at the same moment: after a failure some may be saved, and the same
     * call can be made again.
     *
     * <p>A process saves for all its subscriptions by this call, which should cost the storage little more than one
     * save.
     *
     * @param saves any number, each for another lease and within the bounds of one save
     * @return what became of each
     */
    default Map<Lease, SaveResult> saveAll(List<Save> saves) {
        return saves.stream()
                .collect(Collectors.toMap(
                        Save::lease, save -> save(save.lease(), save.partition(), save.position(), save.changes())));
    }

    /**
     * Changes records of the subscription, all or nothing, as long as the lease is not lost.
     *
     * @param changes as of {@link #save(Lease, int, Position, List)}
     * @return false if the lease was lost; nothing changed then
     */
    boolean change(Lease lease, List<RecordChange> changes);

    /**
     * Changes records of a subscription without its lease, all or nothing: for tools, which leave a note to the process
     * that runs it.
     *
     * @param changes as of {@link #save(Lease, int, Position, List)}
     */
    void change(String subscription, List<RecordChange> changes);

    /**
     * The records of a kind, by key in the order of code points. What no record can have as kind or key is refused.
     *
     * @param after only those with a greater key; the empty text for all
     * @param limit the most to return, at least 1; fewer are returned only when there are no more
     */
    List<SubscriptionRecord> records(String subscription, String kind, String after, int limit);

    /** The checkpoints of a subscription, by partition; empty if it never saved one. */
    List<Checkpoint> load(String subscription);

    /** The checkpoints of all subscriptions, by name and partition. */
    List<Checkpoint> list();

    /** Who holds the lease of a subscription; empty if it is free or has run out. */
    Optional<Holder> holder(String subscription);

    /** The leases that are held now and have not run out, by name of their subscription. */
    List<Holder> holders();

    /**
     * Replaces all checkpoints of a subscription by one for partition 0, back or forth, removes its records, and takes
     * the lease from its holder, so that an active holder cannot overwrite it. All or nothing.
     */
    void reset(String subscription, Position position);

    /**
     * Forgets a subscription: its checkpoints and records. Takes the lease from its holder; the epoch is kept, so that
     * a former holder stays fenced.
     *
     * @return whether there was a checkpoint or a record
     */
    boolean forget(String subscription);

    /**
     * The right to run a subscription.
     *
     * @param subscription its name
     * @param owner who holds it
     * @param epoch grows with every acquisition: the fencing token
     */
    record Lease(String subscription, String owner, long epoch) {}

    /**
     * What to save for a lease, as of {@link #save(Lease, int, Position, List)}.
     *
     * @param lease that the saver holds
     * @param partition from 0
     * @param position everything up to here was handled
     * @param changes of records, with the checkpoint
     */
    record Save(Lease lease, int partition, Position position, List<RecordChange> changes) {}

    /**
     * Who holds a lease. While nothing changes, the backend returns equal values.
     *
     * @param lease what is held
     * @param until when it runs out unless renewed, by the clock of the process that renewed it last, or of the server
     * @param term how long it lasts from its last renewal, as its holder stored it
     * @param renewals how often it was renewed since it was acquired: two values differ although the clock stood still
     */
    record Holder(Lease lease, Instant until, Duration term, long renewals) {}

    /**
     * How far a partition of a subscription came.
     *
     * @param subscription its name
     * @param partition from 0
     * @param position everything up to here was handled
     * @param savedAt when it was saved, by the saver's clock
     * @param storeId the {@linkplain Backend#storeId() store} whose position it is (K4)
     */
    record Checkpoint(String subscription, int partition, Position position, Instant savedAt, String storeId) {}

    /** What became of a checkpoint. */
    enum SaveResult {
        /** It is saved. */
        SAVED,
        /** A later one is there; nothing changed (K2). */
        BEHIND,
        /** The lease was lost; nothing changed (K2). */
        FENCED
    }
}

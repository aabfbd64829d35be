package io.headwater.spi;

import io.headwater.CodePoints;
import io.headwater.Position;
import io.headwater.spi.SubscriptionChange.LeaseState;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Checkpoints, leases and records for storage that one process opens at a time. Everything is kept in memory; a backend
 * only stores each change, as some bytes, and gives them all back in their order when it opens.
 *
 * <p>All stores of the process over one storage share one of these. Where other processes can open the storage, too, leases
 * must be decided there, and the backend implements {@link CheckpointStore} itself.
 *
 * <p>Thread-safe. One change at a time is stored, under a lock of its own.
 */
public final class SingleProcessCheckpoints implements CheckpointStore {
    private final String storeId;
    private final Clock clock;
    private final Consumer<SubscriptionChange> journal;
    private final Lock lock;
    private final Map<String, KnownSubscription> subscriptions;

    private SingleProcessCheckpoints(
            Clock clock,
            String storeId,
            Consumer<SubscriptionChange> journal,
            Lock lock,
            Map<String, KnownSubscription> subscriptions) {
        this.storeId = storeId;
        this.clock = clock;
        this.journal = journal;
        this.lock = lock;
        this.subscriptions = subscriptions;
    }

    private SingleProcessCheckpoints(Clock clock, String storeId, Consumer<SubscriptionChange> journal) {
        this(clock, storeId, journal, new ReentrantLock(), new TreeMap<>(CodePoints::compare));
    }

    /** For storage that ends with its process: nothing is stored. */
    public SingleProcessCheckpoints(String storeId, Clock clock) {
        this(clock, storeId, change -> {});
    }

    /**
     * For storage that lasts. What it holds already is to be given to {@link #restore} first.
     *
     * @param storeId of the storage, see {@link Backend#storeId()}
     * @param clock of the leases
     * @param journal stores a change, of some 100 bytes to some megabytes, so that it is durable when it returns; when it
     *     throws, the caller gets what it threw, and the change does not count
     */
    public SingleProcessCheckpoints(String storeId, Clock clock, Consumer<byte[]> journal) {
        this(clock, storeId, change -> journal.accept(change.encoded()));
    }

    /** The same checkpoints, leases and records, for a store whose {@linkplain BackendContext#clock() clock} is this one. */
    public SingleProcessCheckpoints by(Clock other) {
        return new SingleProcessCheckpoints(other, storeId, journal, lock, subscriptions);
    }

    /**
     * Takes back a change that the journal was given. Call it for each, in their order, before anything else.
     *
     * @throws io.headwater.IncompatibleStore for bytes that are no such change, or one of a newer format
     */
    public void restore(byte[] change) {
        SubscriptionChange decoded = SubscriptionChange.decoded(change);
        locked(() -> {
            apply(decoded);
            return true;
        });
    }

    private <T> T locked(Supplier<T> work) {
        lock.lock();
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }

    /** The subscription as it is; a new one that nothing remembers if it was never changed. */
    private KnownSubscription known(String name) {
        KnownSubscription known = subscriptions.get(name);
        return known == null ? new KnownSubscription(name) : known;
    }

    /** First stored, then seen. */
    private void change(SubscriptionChange change) {
        journal.accept(change);
        apply(change);
    }

    private void apply(SubscriptionChange change) {
        subscriptions
                .computeIfAbsent(change.subscription(), KnownSubscription::new)
                .apply(change);
    }

    private void change(String name, LeaseState lease, Optional<Checkpoint> checkpoint, List<RecordChange> records) {
        change(new SubscriptionChange(name, lease, false, checkpoint, records));
    }

    private void change(String name, LeaseState lease) {
        change(name, lease, Optional.empty(), List.of());
    }

    @Override
    public Optional<Lease> acquire(String name, String owner, Duration term) {
        return locked(() -> {
            KnownSubscription subscription = known(name);
            Instant now = clock.instant();
            return subscription.isFreeFor(owner, now)
                    ? Optional.of(acquired(subscription, owner, now, term))
                    : Optional.empty();
        });
    }

    private Lease acquired(KnownSubscription subscription, String owner, Instant now, Duration term) {
        LeaseState acquired = subscription.lease().acquired(owner, now, term);
        change(subscription.name(), acquired);
        return new Lease(subscription.name(), owner, acquired.epoch());
    }

    @Override
    public Optional<Lease> takeOver(Holder seen, String owner, Duration term) {
        return locked(() -> {
            KnownSubscription subscription = known(seen.lease().subscription());
            return subscription.isAsSeen(seen)
                    ? Optional.of(acquired(subscription, owner, clock.instant(), term))
                    : Optional.empty();
        });
    }

    @Override
    public boolean renew(Lease lease, Duration term) {
        return whileHeld(
                lease,
                subscription ->
                        change(lease.subscription(), subscription.lease().renewed(clock.instant(), term)));
    }

    @Override
    public void release(Lease lease) {
        whileHeld(
                lease,
                subscription ->
                        change(lease.subscription(), subscription.lease().fenced()));
    }

    /** Does this unless the lease was lost; returns whether it did. */
    private boolean whileHeld(Lease lease, Consumer<KnownSubscription> work) {
        return locked(() -> {
            KnownSubscription subscription = known(lease.subscription());
            boolean held = subscription.isHeldBy(lease);
            if (held) {
                work.accept(subscription);
            }
            return held;
        });
    }

    @Override
    public SaveResult save(Lease lease, int partition, Position position, List<RecordChange> changes) {
        return locked(() -> {
            KnownSubscription subscription = known(lease.subscription());
            if (!subscription.isHeldBy(lease)) {
                return SaveResult.FENCED;
            }
            if (subscription.isBehind(partition, position)) {
                return SaveResult.BEHIND;
            }
            Checkpoint checkpoint = checkpoint(lease.subscription(), partition, position);
            change(lease.subscription(), subscription.lease(), Optional.of(checkpoint), changes);
            return SaveResult.SAVED;
        });
    }

    private Checkpoint checkpoint(String subscription, int partition, Position position) {
        return new Checkpoint(subscription, partition, position, clock.instant(), storeId);
    }

    @Override
    public boolean change(Lease lease, List<RecordChange> changes) {
        return whileHeld(
                lease, subscription -> change(lease.subscription(), subscription.lease(), Optional.empty(), changes));
    }

    @Override
    public void change(String name, List<RecordChange> changes) {
        locked(() -> {
            change(name, known(name).lease(), Optional.empty(), changes);
            return true;
        });
    }

    @Override
    public List<SubscriptionRecord> records(String name, String kind, String after, int limit) {
        return locked(() -> known(name).records(kind, after, limit));
    }

    @Override
    public List<Checkpoint> load(String name) {
        return locked(() -> known(name).checkpoints());
    }

    @Override
    public List<Checkpoint> list() {
        return locked(() -> subscriptions.values().stream()
                .flatMap(subscription -> subscription.checkpoints().stream())
                .toList());
    }

    @Override
    public Optional<Holder> holder(String name) {
        Instant now = clock.instant();
        return locked(() -> Optional.of(known(name))
                .filter(subscription -> subscription.isHeld(now))
                .map(KnownSubscription::holder));
    }

    @Override
    public List<Holder> holders() {
        Instant now = clock.instant();
        return locked(() -> subscriptions.values().stream()
                .filter(subscription -> subscription.isHeld(now))
                .map(KnownSubscription::holder)
                .toList());
    }

    @Override
    public void reset(String name, Position position) {
        locked(() -> {
            LeaseState fenced = known(name).lease().fenced();
            change(new SubscriptionChange(name, fenced, true, Optional.of(checkpoint(name, 0, position)), List.of()));
            return true;
        });
    }

    @Override
    public boolean forget(String name) {
        return locked(() -> {
            KnownSubscription subscription = known(name);
            boolean kept = subscription.keepsAnything();
            if (subscriptions.containsKey(name)) {
                LeaseState fenced = subscription.lease().fenced();
                change(new SubscriptionChange(name, fenced, true, Optional.empty(), List.of()));
            }
            return kept;
        });
    }
}

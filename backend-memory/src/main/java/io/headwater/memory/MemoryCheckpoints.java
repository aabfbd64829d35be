package io.headwater.memory;

import io.headwater.Position;
import io.headwater.spi.CheckpointStore;
import io.headwater.spi.RecordChange;
import io.headwater.spi.SubscriptionRecord;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Checkpoints, leases and records. */
final class MemoryCheckpoints implements CheckpointStore {
    private final MemoryStorage storage;
    private final Clock clock;

    MemoryCheckpoints(MemoryStorage storage, Clock clock) {
        this.storage = storage;
        this.clock = clock;
    }

    /** The subscription as it is; a new one that nothing remembers if it was never written. */
    private MemorySubscription subscription(String name) {
        return storage.subscriptions.getOrDefault(name, new MemorySubscription());
    }

    /** The subscription as it is from now on part of the storage. */
    private MemorySubscription subscriptionToWrite(String name) {
        return storage.subscriptions.computeIfAbsent(name, absent -> new MemorySubscription());
    }

    @Override
    public Optional<Lease> acquire(String name, String owner, Duration term) {
        return storage.write(() -> {
            MemorySubscription subscription = subscriptionToWrite(name);
            Instant now = clock.instant();
            return subscription.isFreeFor(owner, now)
                    ? Optional.of(subscription.lease(name, owner, now.plus(term)))
                    : Optional.empty();
        });
    }

    @Override
    public boolean renew(Lease lease, Duration term) {
        return storage.write(() -> {
            MemorySubscription subscription = subscription(lease.subscription());
            if (!subscription.isHeldBy(lease)) {
                return false;
            }
            subscription.extend(clock.instant().plus(term));
            return true;
        });
    }

    @Override
    public void release(Lease lease) {
        storage.write(() -> {
            MemorySubscription subscription = subscription(lease.subscription());
            if (subscription.isHeldBy(lease)) {
                subscription.fence();
            }
        });
    }

    @Override
    public SaveResult save(Lease lease, int partition, Position position, List<RecordChange> changes) {
        return storage.write(() -> {
            MemorySubscription subscription = subscription(lease.subscription());
            if (!subscription.isHeldBy(lease)) {
                return SaveResult.FENCED;
            }
            if (subscription.isBehind(partition, position)) {
                return SaveResult.BEHIND;
            }
            subscription.keep(checkpoint(lease.subscription(), partition, position));
            subscription.change(changes);
            return SaveResult.SAVED;
        });
    }

    private Checkpoint checkpoint(String subscription, int partition, Position position) {
        return new Checkpoint(subscription, partition, position, clock.instant(), storage.id);
    }

    @Override
    public boolean change(Lease lease, List<RecordChange> changes) {
        return storage.write(() -> {
            MemorySubscription subscription = subscription(lease.subscription());
            if (!subscription.isHeldBy(lease)) {
                return false;
            }
            subscription.change(changes);
            return true;
        });
    }

    @Override
    public void change(String name, List<RecordChange> changes) {
        storage.write(() -> subscriptionToWrite(name).change(changes));
    }

    @Override
    public List<SubscriptionRecord> records(String name, String kind, String after, int limit) {
        return storage.read(() -> subscription(name).records(kind, after, limit));
    }

    @Override
    public List<Checkpoint> load(String name) {
        return storage.read(() -> subscription(name).checkpoints());
    }

    @Override
    public List<Checkpoint> list() {
        return storage.read(() -> storage.subscriptions.values().stream()
                .flatMap(subscription -> subscription.checkpoints().stream())
                .toList());
    }

    @Override
    public List<Holder> holders() {
        Instant now = clock.instant();
        return storage.read(() -> storage.subscriptions.entrySet().stream()
                .filter(named -> named.getValue().isHeld(now))
                .map(named -> named.getValue().holder(named.getKey()))
                .toList());
    }

    @Override
    public void reset(String name, Position position) {
        storage.write(() -> {
            MemorySubscription subscription = subscriptionToWrite(name);
            subscription.fence();
            subscription.clear();
            subscription.keep(checkpoint(name, 0, position));
        });
    }

    @Override
    public boolean forget(String name) {
        return storage.write(() -> {
            MemorySubscription subscription = subscription(name);
            subscription.fence();
            return subscription.clear();
        });
    }
}

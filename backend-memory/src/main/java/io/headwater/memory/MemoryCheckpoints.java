package io.headwater.memory;

import io.headwater.Position;
import io.headwater.spi.CheckpointStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Checkpoints and leases. */
final class MemoryCheckpoints implements CheckpointStore {
    private final MemoryStorage storage;
    private final Clock clock;

    MemoryCheckpoints(MemoryStorage storage, Clock clock) {
        this.storage = storage;
        this.clock = clock;
    }

    /** What is known of a subscription. The epoch only grows; a lease of another epoch is lost. */
    static final class Subscription {
        private final Map<Integer, Checkpoint> checkpoints = new TreeMap<>();
        private long epoch;
        private String owner = "";
        private Instant until = Instant.MIN;

        private boolean holds(Lease lease) {
            return lease.epoch() == epoch;
        }
    }

    private Subscription subscription(String name) {
        return storage.subscriptions.computeIfAbsent(name, absent -> new Subscription());
    }

    @Override
    public Optional<Lease> acquire(String name, String owner, Duration term) {
        return storage.write(() -> {
            Subscription subscription = subscription(name);
            boolean held = subscription.until.isAfter(clock.instant());
            if (held && !subscription.owner.equals(owner)) {
                return Optional.empty();
            }
            subscription.epoch++;
            subscription.owner = owner;
            subscription.until = clock.instant().plus(term);
            return Optional.of(new Lease(name, owner, subscription.epoch));
        });
    }

    @Override
    public boolean renew(Lease lease, Duration term) {
        return storage.write(() -> {
            Subscription subscription = subscription(lease.subscription());
            if (!subscription.holds(lease)) {
                return false;
            }
            subscription.until = clock.instant().plus(term);
            return true;
        });
    }

    @Override
    public void release(Lease lease) {
        storage.write(() -> {
            Subscription subscription = subscription(lease.subscription());
            if (subscription.holds(lease)) {
                fence(subscription);
            }
        });
    }

    private static void fence(Subscription subscription) {
        subscription.epoch++;
        subscription.until = Instant.MIN;
    }

    @Override
    public SaveResult save(Lease lease, int partition, Position position) {
        return storage.write(() -> {
            Subscription subscription = subscription(lease.subscription());
            if (!subscription.holds(lease)) {
                return SaveResult.FENCED;
            }
            Checkpoint saved = subscription.checkpoints.get(partition);
            if (saved != null && saved.position().isAfter(position)) {
                return SaveResult.BEHIND;
            }
            Checkpoint checkpoint = new Checkpoint(lease.subscription(), partition, position, clock.instant());
            subscription.checkpoints.put(partition, checkpoint);
            return SaveResult.SAVED;
        });
    }

    @Override
    public List<Checkpoint> load(String name) {
        return list().stream()
                .filter(checkpoint -> checkpoint.subscription().equals(name))
                .toList();
    }

    @Override
    public List<Checkpoint> list() {
        return storage.read(() -> storage.subscriptions.values().stream()
                .flatMap(subscription -> subscription.checkpoints.values().stream())
                .toList());
    }

    @Override
    public void reset(String name, Position position) {
        storage.write(() -> {
            Subscription subscription = subscription(name);
            fence(subscription);
            subscription.checkpoints.clear();
            subscription.checkpoints.put(0, new Checkpoint(name, 0, position, clock.instant()));
        });
    }
}

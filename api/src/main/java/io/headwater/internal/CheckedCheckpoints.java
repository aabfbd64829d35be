package io.headwater.internal;

import io.headwater.InvalidRequest;
import io.headwater.Position;
import io.headwater.spi.CheckpointStore;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Refuses subscriptions and owners without a name, and terms that no clock can add.
 *
 * @param backend what keeps the checkpoints
 */
record CheckedCheckpoints(CheckpointStore backend) implements CheckpointStore {
    private static final Duration LONGEST_TERM = Duration.ofDays(366);

    @Override
    public Optional<Lease> acquire(String subscription, String owner, Duration term) {
        return backend.acquire(named(subscription, "subscription"), named(owner, "owner"), possible(term));
    }

    @Override
    public boolean renew(Lease lease, Duration term) {
        return backend.renew(lease, possible(term));
    }

    @Override
    public void release(Lease lease) {
        backend.release(lease);
    }

    @Override
    public SaveResult save(Lease lease, int partition, Position position) {
        if (partition < 0) {
            throw new InvalidRequest("partition " + partition + " is negative");
        }
        return backend.save(lease, partition, position);
    }

    @Override
    public List<Checkpoint> load(String subscription) {
        return backend.load(subscription);
    }

    @Override
    public List<Checkpoint> list() {
        return backend.list();
    }

    @Override
    public void reset(String subscription, Position position) {
        backend.reset(named(subscription, "subscription"), position);
    }

    private static String named(String name, String what) {
        if (name.isBlank()) {
            throw new InvalidRequest(what + " has no name");
        }
        return name;
    }

    private static Duration possible(Duration term) {
        if (term.isNegative() || term.isZero() || term.compareTo(LONGEST_TERM) > 0) {
            throw new InvalidRequest("lease term " + term + " is not between nothing and a year");
        }
        return term;
    }
}

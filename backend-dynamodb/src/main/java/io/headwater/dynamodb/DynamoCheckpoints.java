package io.headwater.dynamodb;

import io.headwater.EventStoreException;
import io.headwater.Position;
import io.headwater.dynamodb.Outcome.Done;
import io.headwater.spi.CheckpointStore;
import io.headwater.spi.RecordChange;
import io.headwater.spi.SubscriptionRecord;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checkpoints, leases and records. What needs the lease is one transaction with its epoch as a condition. A reset begins a new
 * generation of checkpoints and records in one write, and those of older ones are removed afterwards.
 */
final class DynamoCheckpoints implements CheckpointStore {
    private static final Logger LOG = LoggerFactory.getLogger(DynamoCheckpoints.class);

    private final Table table;
    private final Keys keys;
    private final Clock clock;
    private final Leases leases;
    private final SubscriptionItems items;
    private final SaveGroups saveGroups;

    DynamoCheckpoints(Table table, Keys keys, Clock clock, String storeId) {
        this.table = table;
        this.keys = keys;
        this.clock = clock;
        this.leases = new Leases(table, keys, clock);
        this.items = new SubscriptionItems(table, keys, clock, storeId);
        this.saveGroups = new SaveGroups(table, keys, leases, items);
    }

    @Override
    public Optional<Lease> acquire(String subscription, String owner, Duration term) {
        Instant now = clock.instant();
        return leases.acquire(
                        subscription,
                        owner,
                        term,
                        lease -> !lease.isHeld(now) || lease.owner().equals(owner))
                .map(this::acquired);
    }

    @Override
    public Optional<Lease> takeOver(Holder seen, String owner, Duration term) {
        return leases.acquire(seen.lease().subscription(), owner, term, lease -> lease.isAsSeen(seen))
                .map(this::acquired);
    }

    private Lease acquired(LeaseItem lease) {
        cleanIfDue(lease);
        return new Lease(lease.subscription(), lease.owner(), lease.epoch());
    }

    /** What is left over does not count, so this may fail. */
    private void cleanIfDue(LeaseItem lease) {
        try {
            if (lease.cleaned() < lease.generation()) {
                items.clean(lease);
            }
        } catch (EventStoreException e) {
            LOG.debug("what a reset left over could not be removed; the next holder of the lease does it", e);
        }
    }

    @Override
    public boolean renew(Lease lease, Duration term) {
        return leases.renew(lease, term);
    }

    @Override
    public Set<Lease> renewAll(Collection<Lease> held, Duration term) {
        return leases.renewAll(held, term);
    }

    @Override
    public void release(Lease lease) {
        leases.release(lease);
    }

    @Override
    public SaveResult save(Lease lease, int partition, Position position, List<RecordChange> changes) {
        return Objects.requireNonNull(
                saveAll(List.of(new Save(lease, partition, position, changes))).get(lease));
    }

    @Override
    public Map<Lease, SaveResult> saveAll(List<Save> saves) {
        return saveGroups.save(saves);
    }

    @Override
    public boolean change(Lease lease, List<RecordChange> changes) {
        LeaseItem known = leases.of(lease);
        while (known.epoch() == lease.epoch()) {
            if (settled(underLease(known, changes)) instanceof Done) {
                return true;
            }
            known = leases.read(lease.subscription());
        }
        return false;
    }

    private List<Write> underLease(LeaseItem lease, List<RecordChange> changes) {
        List<Write> writes = new ArrayList<>();
        writes.add(lease.held(keys, changes, Set.of()));
        writes.addAll(items.changes(lease, changes));
        return writes;
    }

    private Outcome settled(List<Write> writes) {
        return table.settle(() -> table.transact(writes));
    }

    @Override
    public void change(String subscription, List<RecordChange> changes) {
        while (true) {
            LeaseItem read = leases.read(subscription);
            boolean missing = read.equals(LeaseItem.none(subscription));
            LeaseItem lease = missing ? read.withEpoch(1) : read;
            boolean there = !missing || leases.replace(read, lease);
            if (there && settled(underLease(lease, changes)) instanceof Done) {
                return;
            }
        }
    }

    @Override
    public List<SubscriptionRecord> records(String subscription, String kind, String after, int limit) {
        LeaseItem lease = leases.known(subscription)
                .filter(known -> known.kinds().contains(kind))
                .orElseGet(() -> leases.read(subscription));
        while (lease.kinds().contains(kind)) {
            List<SubscriptionRecord> found = items.records(lease, kind, after, limit);
            LeaseItem now = leases.read(subscription);
            if (now.generation() == lease.generation()) {
                return found;
            }
            lease = now;
        }
        return List.of();
    }

    /** Checkpoints that the lease lists stay until its generation has passed: if all are there, they were when it was read. */
    @Override
    public List<Checkpoint> load(String subscription) {
        LeaseItem lease = leases.known(subscription)
                .filter(known -> !known.partitions().isEmpty())
                .orElseGet(() -> leases.read(subscription));
        while (!lease.partitions().isEmpty()) {
            Map<Key, Item> found = table.batchGet(items.keysOf(lease));
            LeaseItem now = leases.read(subscription, found);
            List<Checkpoint> checkpoints = items.checkpoints(now, found);
            if (checkpoints.size() == now.partitions().size()) {
                return checkpoints;
            }
            lease = now;
        }
        return List.of();
    }

    @Override
    public List<Checkpoint> list() {
        List<LeaseItem> all = leases.all();
        Map<Key, Item> found =
                table.batchGet(all.stream().flatMap(items::checkpointKeys).toList());
        List<Checkpoint> checkpoints = new ArrayList<>();
        for (LeaseItem lease : all) {
            List<Checkpoint> own = items.checkpoints(lease, found);
            checkpoints.addAll(own.size() == lease.partitions().size() ? own : load(lease.subscription()));
        }
        return checkpoints;
    }

    @Override
    public Optional<Holder> holder(String subscription) {
        Instant now = clock.instant();
        return Optional.of(leases.read(subscription))
                .filter(lease -> lease.isHeld(now))
                .map(LeaseItem::holder);
    }

    @Override
    public List<Holder> holders() {
        Instant now = clock.instant();
        return leases.all().stream()
                .filter(lease -> lease.isHeld(now))
                .map(LeaseItem::holder)
                .toList();
    }

    @Override
    public void reset(String subscription, Position position) {
        while (true) {
            LeaseItem lease = leases.read(subscription);
            leases.name(lease);
            LeaseItem next = lease.nextGeneration(Set.of(0));
            List<Write> writes =
                    List.of(lease.ifUnchanged(Write.put(next.item(keys))), items.checkpoint(next, 0, position));
            if (settled(writes) instanceof Done) {
                cleanIfDue(next);
                return;
            }
        }
    }

    @Override
    public boolean forget(String subscription) {
        while (true) {
            LeaseItem lease = leases.read(subscription);
            if (lease.equals(LeaseItem.none(subscription))) {
                return false;
            }
            boolean had = items.hasAny(lease);
            LeaseItem next = lease.nextGeneration(Set.of());
            if (leases.replace(lease, next)) {
                cleanIfDue(next);
                return had;
            }
        }
    }
}

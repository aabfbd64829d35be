package io.headwater.internal;

import io.headwater.InvalidRequest;
import io.headwater.LimitExceeded;
import io.headwater.Names;
import io.headwater.Position;
import io.headwater.spi.CheckpointStore;
import io.headwater.spi.RecordChange;
import io.headwater.spi.SubscriptionRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Refuses subscriptions and owners without a name, terms that no clock can add, and records that no backend need take, or
 * whose changes contradict each other. Takes over leases that stood unchanged for their term, whatever the backend's clock
 * says (K3).
 *
 * @param backend what keeps the checkpoints
 * @param watch of the leases that the store's callers did not get
 */
record CheckedCheckpoints(CheckpointStore backend, LeaseWatch watch) implements CheckpointStore {
    private static final Pattern KIND = Pattern.compile("[A-Za-z]{1,40}");

    @Override
    public Optional<Lease> acquire(String subscription, String owner, Duration term) {
        Optional<Lease> given = Guard.answered(
                backend.acquire(named(subscription, "subscription"), named(owner, "owner"), possible(term)), "acquire");
        Optional<Lease> lease =
                given.or(() -> unrenewed(subscription).flatMap(seen -> backend.takeOver(seen, owner, term)));
        lease.ifPresent(watch::end);
        return lease;
    }

    /** The lease, if its holder has not renewed it for its term. */
    private Optional<Holder> unrenewed(String subscription) {
        return backend.holder(subscription).filter(watch::isUnrenewed);
    }

    @Override
    public Optional<Lease> takeOver(Holder seen, String owner, Duration term) {
        return backend.takeOver(Guard.notNull(seen, "holder"), named(owner, "owner"), possible(term));
    }

    @Override
    public boolean renew(Lease lease, Duration term) {
        return backend.renew(lease, possible(term));
    }

    @Override
    public Set<Lease> renewAll(Collection<Lease> leases, Duration term) {
        Set<Lease> known = Set.copyOf(leases);
        return known.isEmpty() ? known : Guard.answered(backend.renewAll(known, possible(term)), "renewAll");
    }

    @Override
    public void release(Lease lease) {
        backend.release(lease);
    }

    @Override
    public SaveResult save(Lease lease, int partition, Position position, List<RecordChange> changes) {
        return backend.save(lease, possible(partition), position, possible(changes));
    }

    @Override
    public Map<Lease, SaveResult> saveAll(List<Save> saves) {
        Set<Lease> leases = new HashSet<>();
        List<Save> checked = new ArrayList<>();
        for (Save save : saves) {
            if (!leases.add(save.lease())) {
                throw new InvalidRequest(
                        "subscription '" + save.lease().subscription() + "' is saved twice in one call");
            }
            checked.add(new Save(save.lease(), possible(save.partition()), save.position(), possible(save.changes())));
        }
        Map<Lease, SaveResult> results =
                checked.isEmpty() ? Map.of() : Guard.answered(backend.saveAll(checked), "saveAll");
        leases.forEach(lease -> Guard.answered(results.get(lease), "saveAll"));
        return results;
    }

    private static int possible(int partition) {
        if (partition < 0) {
            throw new InvalidRequest("partition " + partition + " is negative");
        }
        return partition;
    }

    @Override
    public boolean change(Lease lease, List<RecordChange> changes) {
        return backend.change(lease, possible(changes));
    }

    @Override
    public void change(String subscription, List<RecordChange> changes) {
        backend.change(named(subscription, "subscription"), possible(changes));
    }

    @Override
    public List<SubscriptionRecord> records(String subscription, String kind, String after, int limit) {
        if (limit < 1) {
            throw new InvalidRequest("limit " + limit + " is not positive");
        }
        if (!after.isEmpty()) {
            key(after);
        }
        return backend.records(named(subscription, "subscription"), kind(kind), after, limit);
    }

    @Override
    public List<Checkpoint> load(String subscription) {
        return backend.load(named(subscription, "subscription"));
    }

    @Override
    public List<Checkpoint> list() {
        return backend.list();
    }

    @Override
    public Optional<Holder> holder(String subscription) {
        return backend.holder(named(subscription, "subscription"));
    }

    @Override
    public List<Holder> holders() {
        return backend.holders();
    }

    @Override
    public boolean forget(String subscription) {
        return backend.forget(named(subscription, "subscription"));
    }

    @Override
    public void reset(String subscription, Position position) {
        backend.reset(named(subscription, "subscription"), position);
    }

    private static String named(String name, String what) {
        return Names.check(name, what);
    }

    private static List<RecordChange> possible(List<RecordChange> changes) {
        refuseBeyond(changes.size(), SubscriptionRecord.MAX_CHANGES, "changes of records");
        Set<String> records = new HashSet<>();
        for (RecordChange change : changes) {
            Guard.notNull(change, "change of a record");
            if (!records.add(kind(change.kind()) + ' ' + key(change.key()))) {
                throw new InvalidRequest("record '" + change.key() + "' is changed twice");
            }
            Guard.notNull(change.fields(), "fields of record '" + change.key() + "'")
                    .ifPresent(fields -> refuseBeyond(
                            fields.size(), SubscriptionRecord.MAX_BYTES, "bytes of record '" + change.key() + "'"));
        }
        int bytes = changes.stream().mapToInt(RecordChange::size).sum();
        refuseBeyond(bytes, SubscriptionRecord.MAX_CHANGES_BYTES, "bytes of changes of records");
        return List.copyOf(changes);
    }

    private static String kind(String kind) {
        if (!KIND.matcher(Guard.notNull(kind, "kind of a record")).matches()) {
            throw new InvalidRequest("the kind of a record must be 1 to 40 letters from a to z or A to Z");
        }
        return kind;
    }

    private static String key(String key) {
        return Names.check(key, "key of a record");
    }

    private static void refuseBeyond(int actual, int limit, String what) {
        if (actual > limit) {
            throw new LimitExceeded(
                    "%s %s are over the limit of %s at once: change less in each call".formatted(actual, what, limit));
        }
    }

    private static Duration possible(Duration term) {
        if (term.isNegative() || term.isZero() || term.compareTo(LONGEST_TERM) > 0) {
            throw new InvalidRequest("lease term " + term + " is not positive and at most 366 days");
        }
        return term;
    }
}

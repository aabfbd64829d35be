package io.headwater.dynamodb;

import io.headwater.dynamodb.Outcome.Done;
import io.headwater.spi.CheckpointStore.Lease;
import io.headwater.spi.support.ValueCodes;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/** The leases of subscriptions. Each change has a condition on the lease as it was read, or on its epoch. */
final class Leases {
    private final Table table;
    private final Keys keys;
    private final Clock clock;

    /** What belongs to an epoch does not change with it, so it need not be read for each checkpoint. */
    private final Map<String, LeaseItem> seen = new ConcurrentHashMap<>();

    Leases(Table table, Keys keys, Clock clock) {
        this.table = table;
        this.keys = keys;
        this.clock = clock;
    }

    LeaseItem read(String subscription) {
        return seen(LeaseItem.of(subscription, table.get(keys.lease(subscription))));
    }

    /** Out of items that were just read, its own among them. */
    LeaseItem read(String subscription, Map<Key, Item> items) {
        return seen(LeaseItem.of(subscription, Optional.ofNullable(items.get(keys.lease(subscription)))));
    }

    private LeaseItem seen(LeaseItem lease) {
        seen.put(lease.subscription(), lease);
        return lease;
    }

    /** As it was when it was last read; empty if it never was. */
    Optional<LeaseItem> known(String subscription) {
        return Optional.ofNullable(seen.get(subscription));
    }

    /** The item of this lease; an older or newer one if it is not the current one any more. */
    LeaseItem of(Lease lease) {
        LeaseItem known = seen.get(lease.subscription());
        return known != null && known.epoch() == lease.epoch() ? known : read(lease.subscription());
    }

    /** Takes the lease if it passes; empty if not. */
    Optional<LeaseItem> acquire(String subscription, String owner, Duration term, Predicate<LeaseItem> free) {
        while (true) {
            LeaseItem lease = read(subscription);
            if (!free.test(lease)) {
                return Optional.empty();
            }
            LeaseItem acquired = lease.acquired(owner, clock.instant(), term);
            if (replace(lease, acquired)) {
                return Optional.of(acquired);
            }
        }
    }

    /** Returns false if the lease is not as it was read any more. */
    boolean replace(LeaseItem read, LeaseItem now) {
        name(read);
        boolean done = table.settle(() -> table.write(read.ifUnchanged(Write.put(now.item(keys))))) instanceof Done;
        if (done) {
            seen.put(now.subscription(), now);
        }
        return done;
    }

    /** Before a lease is made for the first time, its subscription is listed. */
    void name(LeaseItem read) {
        if (read.equals(LeaseItem.none(read.subscription()))) {
            Item name = Item.at(keys.subscription(read.subscription()));
            table.settle(() -> table.write(Write.put(name)));
        }
    }

    boolean renew(Lease lease, Duration term) {
        long micros = term.toNanos() / 1_000;
        Write write = held(lease, "SET #until = :until, #term = :term, #renewals = #renewals + :one")
                .value("until", ValueCodes.micros(clock.instant().plus(term)))
                .value("term", micros)
                .value("one", 1);
        return table.settle(() -> table.write(write)) instanceof Done;
    }

    /**
     * Each by a write of its own: a transaction would cost twice as many units. Returns those that are held.
     */
    Set<Lease> renewAll(Collection<Lease> leases, Duration term) {
        Set<Lease> held = ConcurrentHashMap.newKeySet();
        table.calls().all(leases, lease -> renew(lease, term) && held.add(lease));
        return held;
    }

    void release(Lease lease) {
        Write write = held(lease, "SET #until = :free, #epoch = :next, #renewals = :none")
                .value("free", LeaseItem.FREE)
                .value("next", lease.epoch() + 1)
                .value("none", 0);
        table.settle(() -> table.write(write));
    }

    private Write held(Lease lease, String update) {
        return Write.update(keys.lease(lease.subscription()), update)
                .onlyIf("#epoch = :epoch")
                .value("epoch", lease.epoch());
    }

    /** The names of all subscriptions that ever had a lease, in the order of code points. */
    List<String> names() {
        return table.query(keys.subscriptions()).all().stream()
                .map(item -> item.text(Key.SK))
                .toList();
    }

    /** The leases of all subscriptions, by name. */
    List<LeaseItem> all() {
        return of(names());
    }

    /** The leases of these subscriptions, in their order. */
    List<LeaseItem> of(List<String> names) {
        Map<Key, Item> items = table.batchGet(names.stream().map(keys::lease).toList());
        return names.stream()
                .map(name -> LeaseItem.of(name, Optional.ofNullable(items.get(keys.lease(name)))))
                .toList();
    }
}

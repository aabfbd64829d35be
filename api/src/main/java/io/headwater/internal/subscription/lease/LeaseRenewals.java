package io.headwater.internal.subscription.lease;

import io.headwater.internal.subscription.schedule.Alarm;
import io.headwater.internal.subscription.schedule.EngineThreads;
import io.headwater.internal.subscription.schedule.SerialTask;
import io.headwater.spi.CheckpointStore;
import io.headwater.spi.CheckpointStore.Lease;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Renews the leases of all subscriptions of a store by one call as soon as one of them is due, so that many idle subscriptions
 * need no more calls than one. If the call fails, each subscription renews its own lease, and backs off. Thread-safe.
 */
final class LeaseRenewals {
    private static final Logger LOG = LoggerFactory.getLogger(LeaseRenewals.class);

    private final Supplier<CheckpointStore> checkpoints;
    private final Set<DurableLease> leases = ConcurrentHashMap.newKeySet();
    private final SerialTask task;
    private final Alarm alarm;

    /** Creates an instance for a store, which is requested when the first lease is held. */
    LeaseRenewals(Supplier<CheckpointStore> checkpoints, EngineThreads threads) {
        this.checkpoints = checkpoints;
        this.task = threads.serial(this::renewWhatIsDue);
        this.alarm = new Alarm(threads, task::signal);
    }

    void add(DurableLease lease) {
        leases.add(lease);
        task.signal();
    }

    void remove(DurableLease lease) {
        leases.remove(lease);
    }

    private void renewWhatIsDue() {
        Map<Duration, List<DurableLease>> byTerm = leases.stream()
                .filter(DurableLease::isRenewedByOthers)
                .collect(Collectors.groupingBy(DurableLease::term));
        byTerm.forEach((term, held) -> {
            long now = System.nanoTime();
            if (held.stream().anyMatch(lease -> lease.isDueIn(Duration.ZERO, now))) {
                Duration early = DurableLease.interval(term).dividedBy(2);
                renew(
                        term,
                        held.stream().filter(lease -> lease.isDueIn(early, now)).toList());
            }
        });
        setAlarm();
    }

    private void renew(Duration term, List<DurableLease> due) {
        Map<Lease, DurableLease> byLease = due.stream()
                .flatMap(lease -> lease.current().stream().map(held -> Map.entry(held, lease)))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        long since = System.nanoTime();
        try {
            Set<Lease> held = checkpoints.get().renewAll(byLease.keySet(), term);
            byLease.forEach((lease, owner) -> owner.renewed(lease, held.contains(lease), since));
        } catch (RuntimeException | Error e) {
            LOG.debug("the leases of {} subscriptions could not be renewed together", due.size(), e);
            due.forEach(DurableLease::leaveToOwner);
        }
    }

    private void setAlarm() {
        long now = System.nanoTime();
        leases.stream()
                .filter(DurableLease::isRenewedByOthers)
                .mapToLong(lease -> lease.renewAt() - now)
                .min()
                .ifPresent(nanos -> alarm.setIn(Math.max(nanos, Alarm.MIN_NANOS)));
    }
}

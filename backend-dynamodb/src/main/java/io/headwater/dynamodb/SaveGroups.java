package io.headwater.dynamodb;

import io.headwater.dynamodb.Outcome.Done;
import io.headwater.dynamodb.Outcome.Refused;
import io.headwater.spi.CheckpointStore.Lease;
import io.headwater.spi.CheckpointStore.Save;
import io.headwater.spi.CheckpointStore.SaveResult;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Saves checkpoints, as many in one transaction as it can hold: that costs as many units as one for each, and a single request. A
 * transaction that is refused tells for which of them; the others are sent again.
 */
final class SaveGroups {
    private static final int MAX_ACTIONS = 100;

    private final Table table;
    private final Keys keys;
    private final Leases leases;
    private final SubscriptionItems items;

    SaveGroups(Table table, Keys keys, Leases leases, SubscriptionItems items) {
        this.table = table;
        this.keys = keys;
        this.leases = leases;
        this.items = items;
    }

    /** Returns the result of each. */
    Map<Lease, SaveResult> save(Collection<Save> saves) {
        Map<Lease, SaveResult> results = new HashMap<>();
        Deque<Save> left = new ArrayDeque<>(saves);
        while (!left.isEmpty()) {
            Map<Save, List<Write>> group = nextGroup(left, results);
            if (!group.isEmpty()) {
                Outcome outcome = table.settle(() -> table.transact(
                        group.values().stream().flatMap(List::stream).toList()));
                for (Save save : group.keySet()) {
                    if (outcome instanceof Done) {
                        results.put(save.lease(), SaveResult.SAVED);
                    } else if (isBehind(save, ((Refused) outcome).found().keySet())) {
                        results.put(save.lease(), SaveResult.BEHIND);
                    } else {
                        left.addFirst(save);
                    }
                }
            }
        }
        return results;
    }

    /** Takes out those that fit together. Those that are fenced have a result. */
    private Map<Save, List<Write>> nextGroup(Deque<Save> left, Map<Lease, SaveResult> results) {
        Map<Save, List<Write>> group = new LinkedHashMap<>();
        int actions = 0;
        int bytes = 0;
        while (!left.isEmpty()) {
            Save save = left.getFirst();
            LeaseItem lease = leases.of(save.lease());
            if (lease.epoch() != save.lease().epoch()) {
                results.put(left.removeFirst().lease(), SaveResult.FENCED);
                continue;
            }
            List<Write> writes = writes(lease, save);
            actions += writes.size();
            bytes += writes.stream().mapToInt(Write::size).sum();
            if (!group.isEmpty() && (actions > MAX_ACTIONS || bytes > ItemSize.MAX_TRANSACTION)) {
                return group;
            }
            group.put(left.removeFirst(), writes);
        }
        return group;
    }

    private List<Write> writes(LeaseItem lease, Save save) {
        List<Write> writes = new ArrayList<>();
        writes.add(lease.held(keys, save.changes(), Set.of(save.partition())));
        writes.addAll(items.changes(lease, save.changes()));
        writes.add(items.laterCheckpoint(lease, save.partition(), save.position()));
        return writes;
    }

    /** Where the lease is not as it was known, it is read again: that it was lost counts first. */
    private boolean isBehind(Save save, Set<Key> unmet) {
        String subscription = save.lease().subscription();
        if (unmet.contains(keys.lease(subscription))) {
            leases.read(subscription);
            return false;
        }
        return unmet.contains(items.checkpointKey(leases.of(save.lease()), save.partition()));
    }
}

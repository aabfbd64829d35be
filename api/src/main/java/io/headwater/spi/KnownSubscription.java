package io.headwater.spi;

import io.headwater.CodePoints;
import io.headwater.Position;
import io.headwater.spi.CheckpointStore.Checkpoint;
import io.headwater.spi.CheckpointStore.Holder;
import io.headwater.spi.CheckpointStore.Lease;
import io.headwater.spi.SubscriptionChange.LeaseState;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** What is known of a subscription. Changes only by {@link #apply}. */
final class KnownSubscription {
    private final String name;
    private final NavigableMap<Integer, Checkpoint> checkpoints = new TreeMap<>();

    /** By kind, then by key. */
    private final Map<String, NavigableMap<String, SubscriptionRecord>> records = new HashMap<>();

    private LeaseState lease = LeaseState.FREE;

    KnownSubscription(String name) {
        this.name = name;
    }

    String name() {
        return name;
    }

    LeaseState lease() {
        return lease;
    }

    /** Whether nothing happened to the lease since it was seen like this. */
    boolean isAsSeen(Holder seen) {
        return lease.epoch() == seen.lease().epoch()
                && lease.renewals() == seen.renewals()
                && lease.until().equals(seen.until());
    }

    boolean isFreeFor(String wanting, Instant now) {
        return !isHeld(now) || lease.owner().equals(wanting);
    }

    boolean isHeld(Instant now) {
        return lease.until().isAfter(now);
    }

    boolean isHeldBy(Lease held) {
        return held.epoch() == lease.epoch();
    }

    Holder holder() {
        return new Holder(new Lease(name, lease.owner(), lease.epoch()), lease.until(), lease.term(), lease.renewals());
    }

    boolean isBehind(int partition, Position position) {
        Checkpoint saved = checkpoints.get(partition);
        return saved != null && saved.position().isAfter(position);
    }

    List<Checkpoint> checkpoints() {
        return List.copyOf(checkpoints.values());
    }

    List<SubscriptionRecord> records(String kind, String after, int limit) {
        return records.getOrDefault(kind, Collections.emptyNavigableMap()).tailMap(after, false).values().stream()
                .limit(limit)
                .toList();
    }

    /** Whether there is anything to forget. */
    boolean keepsAnything() {
        return !checkpoints.isEmpty() || !records.isEmpty();
    }

    void apply(SubscriptionChange change) {
        lease = change.lease();
        if (change.clear()) {
            checkpoints.clear();
            records.clear();
        }
        change.checkpoint().ifPresent(saved -> checkpoints.put(saved.partition(), saved));
        change.records().forEach(this::apply);
    }

    private void apply(RecordChange change) {
        NavigableMap<String, SubscriptionRecord> kind =
                records.computeIfAbsent(change.kind(), absent -> new TreeMap<>(CodePoints::compare));
        change.fields()
                .map(fields -> new SubscriptionRecord(change.kind(), change.key(), fields))
                .ifPresentOrElse(record -> kind.put(record.key(), record), () -> kind.remove(change.key()));
        if (kind.isEmpty()) {
            records.remove(change.kind());
        }
    }
}

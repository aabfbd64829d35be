package io.headwater.memory;

import io.headwater.CodePoints;
import io.headwater.Position;
import io.headwater.spi.CheckpointStore.Checkpoint;
import io.headwater.spi.CheckpointStore.Holder;
import io.headwater.spi.CheckpointStore.Lease;
import io.headwater.spi.RecordChange;
import io.headwater.spi.SubscriptionRecord;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** What is known of a subscription. The epoch only grows; a lease of another epoch is lost. */
final class MemorySubscription {
    private final Map<Integer, Checkpoint> checkpoints = new TreeMap<>();

    /** By kind, then by key. */
    private final Map<String, NavigableMap<String, SubscriptionRecord>> records = new TreeMap<>();

    private long epoch;
    private String owner = "";
    private Instant until = Instant.MIN;

    boolean isFreeFor(String wanting, Instant now) {
        return !isHeld(now) || owner.equals(wanting);
    }

    boolean isHeld(Instant now) {
        return until.isAfter(now);
    }

    boolean isHeldBy(Lease lease) {
        return lease.epoch() == epoch;
    }

    Lease lease(String name, String holder, Instant term) {
        epoch++;
        owner = holder;
        until = term;
        return new Lease(name, owner, epoch);
    }

    void extend(Instant term) {
        until = term;
    }

    void fence() {
        epoch++;
        until = Instant.MIN;
    }

    Holder holder(String name) {
        return new Holder(new Lease(name, owner, epoch), until);
    }

    boolean isBehind(int partition, Position position) {
        Checkpoint saved = checkpoints.get(partition);
        return saved != null && saved.position().isAfter(position);
    }

    void keep(Checkpoint checkpoint) {
        checkpoints.put(checkpoint.partition(), checkpoint);
    }

    List<Checkpoint> checkpoints() {
        return List.copyOf(checkpoints.values());
    }

    void change(List<RecordChange> changes) {
        changes.forEach(this::change);
    }

    private void change(RecordChange change) {
        NavigableMap<String, SubscriptionRecord> kind =
                records.computeIfAbsent(change.kind(), absent -> new TreeMap<>(CodePoints::compare));
        change.fields()
                .map(fields -> new SubscriptionRecord(change.kind(), change.key(), fields))
                .ifPresentOrElse(record -> kind.put(record.key(), record), () -> kind.remove(change.key()));
        if (kind.isEmpty()) {
            records.remove(change.kind());
        }
    }

    List<SubscriptionRecord> records(String kind, String after, int limit) {
        return records.getOrDefault(kind, Collections.emptyNavigableMap()).tailMap(after, false).values().stream()
                .limit(limit)
                .toList();
    }

    /** Removes checkpoints and records; the epoch stays. Returns whether there were any. */
    boolean clear() {
        boolean had = !checkpoints.isEmpty() || !records.isEmpty();
        checkpoints.clear();
        records.clear();
        return had;
    }
}

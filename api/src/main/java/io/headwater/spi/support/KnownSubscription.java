package io.headwater.spi.support;

import io.headwater.CodePoints;
import io.headwater.Metadata;
import io.headwater.Position;
import io.headwater.spi.CheckpointStore.Checkpoint;
import io.headwater.spi.CheckpointStore.Holder;
import io.headwater.spi.CheckpointStore.Lease;
import io.headwater.spi.RecordChange;
import io.headwater.spi.SubscriptionRecord;
import io.headwater.spi.support.SubscriptionChange.LeaseState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** The state of a subscription in memory. It changes only by {@link #apply}. */
final class KnownSubscription {
    private static final long MAX_PART_BYTES = 256 << 10;

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

    /** Returns whether the lease has not changed since this was returned for it. */
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

    /** Returns whether there is a checkpoint or a record. */
    boolean keepsAnything() {
        return !checkpoints.isEmpty() || !records.isEmpty();
    }

    /** Returns whether there is neither a checkpoint nor a record, nor a former holder to fence. */
    boolean isUntouched() {
        return lease.equals(LeaseState.FREE) && !keepsAnything();
    }

    /** Returns changes that give a new subscription this state, each with a limited number of bytes of records. */
    List<SubscriptionChange> whole() {
        List<SubscriptionChange> whole = new ArrayList<>(List.of(SubscriptionChange.of(name, lease)));
        for (Checkpoint saved : checkpoints.values()) {
            whole.add(new SubscriptionChange(name, lease, false, Optional.of(saved), List.of()));
        }
        List<RecordChange> part = new ArrayList<>();
        long bytes = 0;
        for (RecordChange record : recordChanges()) {
            bytes += record.fields().map(Metadata::encoded).orElseThrow().length;
            if (bytes > MAX_PART_BYTES && !part.isEmpty()) {
                whole.add(SubscriptionChange.of(name, lease, part));
                part.clear();
                bytes = 0;
            }
            part.add(record);
        }
        whole.add(SubscriptionChange.of(name, lease, part));
        return whole;
    }

    private List<RecordChange> recordChanges() {
        return records.values().stream()
                .flatMap(kind -> kind.values().stream())
                .map(record -> RecordChange.put(record.kind(), record.key(), record.fields()))
                .toList();
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

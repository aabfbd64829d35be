package io.headwater.dynamodb;

import io.headwater.Metadata;
import io.headwater.Position;
import io.headwater.spi.CheckpointStore.Checkpoint;
import io.headwater.spi.Positions;
import io.headwater.spi.RecordChange;
import io.headwater.spi.SubscriptionRecord;
import io.headwater.spi.support.StoredValues;
import io.headwater.spi.support.ValueCodes;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The items of checkpoints and records of one generation of a subscription. */
final class SubscriptionItems {
    private static final String PARTITION = "partition";
    private static final String POSITION = "position";
    private static final String STORE_ID = "storeId";
    private static final String SAVED_AT = "time";
    private static final String FIELDS = "fields";

    private final Table table;
    private final Keys keys;
    private final Clock clock;
    private final String storeId;

    SubscriptionItems(Table table, Keys keys, Clock clock, String storeId) {
        this.table = table;
        this.keys = keys;
        this.clock = clock;
        this.storeId = storeId;
    }

    Key checkpointKey(LeaseItem lease, int partition) {
        return keys.checkpoint(lease.subscription(), lease.generation(), partition);
    }

    /** Writes a checkpoint, without a condition. */
    Write checkpoint(LeaseItem lease, int partition, Position position) {
        return Write.put(Item.at(checkpointKey(lease, partition))
                .with(PARTITION, partition)
                .with(POSITION, Positions.number(position))
                .with(STORE_ID, storeId)
                .with(SAVED_AT, ValueCodes.micros(clock.instant())));
    }

    /** Writes a checkpoint that does not go back. */
    Write laterCheckpoint(LeaseItem lease, int partition, Position position) {
        return checkpoint(lease, partition, position)
                .onlyIf("attribute_not_exists(#pk) OR #position <= :position")
                .value(POSITION, Positions.number(position));
    }

    /** The keys of the lease and of its checkpoints. */
    List<Key> keysOf(LeaseItem lease) {
        return Stream.concat(Stream.of(keys.lease(lease.subscription())), checkpointKeys(lease))
                .toList();
    }

    /** Those of the lease's checkpoints that are among these items, by partition. */
    List<Checkpoint> checkpoints(LeaseItem lease, Map<Key, Item> items) {
        return checkpointKeys(lease)
                .flatMap(key -> Optional.ofNullable(items.get(key)).stream())
                .map(item -> checkpoint(lease.subscription(), item))
                .toList();
    }

    Stream<Key> checkpointKeys(LeaseItem lease) {
        return lease.partitions().stream().sorted().map(partition -> checkpointKey(lease, partition));
    }

    private static Checkpoint checkpoint(String subscription, Item item) {
        try {
            return new Checkpoint(
                    subscription,
                    Math.toIntExact(item.number(PARTITION)),
                    Positions.of(item.number(POSITION)),
                    ValueCodes.instant(item.number(SAVED_AT)),
                    item.text(STORE_ID));
        } catch (RuntimeException e) {
            throw StoredValues.damaged("a checkpoint of subscription '" + subscription + "'", e);
        }
    }

    List<Write> changes(LeaseItem lease, List<RecordChange> changes) {
        return changes.stream().map(change -> change(lease, change)).toList();
    }

    private Write change(LeaseItem lease, RecordChange change) {
        Key key = new Key(keys.records(lease.subscription(), change.kind(), lease.generation()), change.key());
        return change.fields()
                .map(fields -> Write.put(Item.at(key).with(FIELDS, fields.encoded())))
                .orElseGet(() -> Write.delete(key));
    }

    List<SubscriptionRecord> records(LeaseItem lease, String kind, String after, int limit) {
        Query query = table.query(keys.records(lease.subscription(), kind, lease.generation()));
        return (after.isEmpty() ? query : query.after(after))
                .first(limit).stream().map(item -> record(kind, item)).toList();
    }

    private static SubscriptionRecord record(String kind, Item item) {
        try {
            return new SubscriptionRecord(kind, item.text(Key.SK), Metadata.decoded(item.bytes(FIELDS)));
        } catch (RuntimeException e) {
            throw StoredValues.damaged("a record of kind '" + kind + "'", e);
        }
    }

    /** Whether a generation has a checkpoint or a record. */
    boolean hasAny(LeaseItem lease) {
        return !lease.partitions().isEmpty()
                || lease.kinds().stream()
                        .anyMatch(kind -> !records(lease, kind, "", 1).isEmpty());
    }

    /** Removes what the generations have that are not cleaned yet and do not count any more. */
    void clean(LeaseItem lease) {
        for (long generation = lease.cleaned(); generation < lease.generation(); generation++) {
            clean(table.query(keys.progress(lease.subscription())).beginningWith(Keys.checkpoints(generation)));
            for (String kind : lease.kinds()) {
                clean(table.query(keys.records(lease.subscription(), kind, generation)));
            }
        }
        Write write = Write.update(keys.lease(lease.subscription()), "SET #cleaned = :cleaned")
                .onlyIf("#cleaned < :cleaned")
                .value(LeaseItem.CLEANED, lease.generation());
        table.settle(() -> table.write(write));
    }

    private void clean(Query query) {
        do {
            new BatchDelete(table).delete(query.page().stream().map(Item::key).toList());
        } while (query.more());
    }
}

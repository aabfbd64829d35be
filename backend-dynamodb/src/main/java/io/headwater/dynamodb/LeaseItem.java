package io.headwater.dynamodb;

import io.headwater.spi.CheckpointStore.Holder;
import io.headwater.spi.CheckpointStore.Lease;
import io.headwater.spi.RecordChange;
import io.headwater.spi.support.StoredValues;
import io.headwater.spi.support.ValueCodes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The lease of a subscription as it is stored.
 *
 * @param epoch grows with each acquisition
 * @param until when it expires, in microseconds since 1970
 * @param term in microseconds
 * @param generation of the checkpoints and records; older ones do not count, and are removed
 * @param cleaned up to which generation, exclusive, older ones are removed
 * @param kinds of the records that were ever saved
 * @param partitions that have a checkpoint of this generation
 */
record LeaseItem(
        String subscription,
        String owner,
        long epoch,
        long until,
        long term,
        long renewals,
        long generation,
        long cleaned,
        Set<String> kinds,
        Set<Integer> partitions) {
    static final String OWNER = "owner";
    static final String EPOCH = "epoch";
    static final String UNTIL = "until";
    static final String TERM = "term";
    static final String RENEWALS = "renewals";
    static final String GENERATION = "generation";
    static final String CLEANED = "cleaned";
    static final String KINDS = "kinds";
    static final String PARTITIONS = "partitions";

    /** The time at which a free lease expired. */
    static final long FREE = Long.MIN_VALUE;

    LeaseItem {
        kinds = Set.copyOf(kinds);
        partitions = Set.copyOf(partitions);
    }

    /** Of a subscription that has none. */
    static LeaseItem none(String subscription) {
        return new LeaseItem(subscription, "", 0, FREE, 0, 0, 0, 0, Set.of(), Set.of());
    }

    static LeaseItem of(String subscription, Optional<Item> item) {
        return item.map(present -> of(subscription, present)).orElseGet(() -> none(subscription));
    }

    private static LeaseItem of(String subscription, Item item) {
        try {
            return new LeaseItem(
                    subscription,
                    item.text(OWNER),
                    item.number(EPOCH),
                    item.number(UNTIL),
                    item.number(TERM),
                    item.number(RENEWALS),
                    item.number(GENERATION),
                    item.number(CLEANED),
                    item.texts(KINDS),
                    item.numbers(PARTITIONS));
        } catch (RuntimeException e) {
            throw StoredValues.damaged("the lease of subscription '" + subscription + "'", e);
        }
    }

    Item item(Keys keys) {
        return Item.at(keys.lease(subscription))
                .with(OWNER, owner)
                .with(EPOCH, epoch)
                .with(UNTIL, until)
                .with(TERM, term)
                .with(RENEWALS, renewals)
                .with(GENERATION, generation)
                .with(CLEANED, cleaned)
                .with(KINDS, kinds)
                .withNumbers(PARTITIONS, partitions);
    }

    /** The condition that the item is as it was read. */
    Write ifUnchanged(Write write) {
        if (equals(none(subscription))) {
            return write.onlyIf("attribute_not_exists(#pk)");
        }
        return write.onlyIf("#epoch = :readEpoch AND #until = :readUntil AND #renewals = :readRenewals"
                        + " AND #generation = :readGeneration AND #cleaned = :readCleaned"
                        + (kinds.isEmpty() ? " AND attribute_not_exists(#kinds)" : " AND #kinds = :readKinds")
                        + (partitions.isEmpty()
                                ? " AND attribute_not_exists(#partitions)"
                                : " AND #partitions = :readPartitions"))
                .value("readEpoch", epoch)
                .value("readUntil", until)
                .value("readRenewals", renewals)
                .value("readGeneration", generation)
                .value("readCleaned", cleaned)
                .texts("readKinds", kinds)
                .numbers("readPartitions", partitions);
    }

    /** The condition that the lease is held with this epoch. Kinds of records and partitions that are new to it are noted in it. */
    Write held(Keys keys, List<RecordChange> changes, Set<Integer> saved) {
        Set<String> newKinds = changes.stream().map(RecordChange::kind).collect(Collectors.toSet());
        newKinds.removeAll(kinds);
        Set<Integer> newPartitions = saved.stream()
                .filter(partition -> !partitions.contains(partition))
                .collect(Collectors.toSet());
        List<String> added = new ArrayList<>();
        if (!newKinds.isEmpty()) {
            added.add("#kinds :kinds");
        }
        if (!newPartitions.isEmpty()) {
            added.add("#partitions :partitions");
        }
        Key key = keys.lease(subscription);
        return (added.isEmpty() ? Write.check(key) : Write.update(key, "ADD " + String.join(", ", added)))
                .onlyIf("#epoch = :epoch AND #generation = :generation")
                .value(EPOCH, epoch)
                .value(GENERATION, generation)
                .texts(KINDS, newKinds)
                .numbers(PARTITIONS, newPartitions);
    }

    boolean isHeld(Instant now) {
        return until > ValueCodes.micros(now);
    }

    boolean isAsSeen(Holder seen) {
        return epoch == seen.lease().epoch() && renewals == seen.renewals() && until == ValueCodes.micros(seen.until());
    }

    Holder holder() {
        return new Holder(
                new Lease(subscription, owner, epoch),
                ValueCodes.instant(until),
                Duration.ofNanos(term * 1_000),
                renewals);
    }

    LeaseItem acquired(String by, Instant now, Duration lasting) {
        long micros = lasting.toNanos() / 1_000;
        return new LeaseItem(
                subscription,
                by,
                epoch + 1,
                ValueCodes.micros(now.plus(lasting)),
                micros,
                0,
                generation,
                cleaned,
                kinds,
                partitions);
    }

    /** One without checkpoints or records, but for checkpoints of these partitions. */
    LeaseItem nextGeneration(Set<Integer> having) {
        return new LeaseItem(subscription, owner, epoch + 1, FREE, term, 0, generation + 1, cleaned, kinds, having);
    }

    /** A lease that is free, at this epoch. */
    LeaseItem withEpoch(long newEpoch) {
        return new LeaseItem(subscription, owner, newEpoch, FREE, term, 0, generation, cleaned, kinds, partitions);
    }
}

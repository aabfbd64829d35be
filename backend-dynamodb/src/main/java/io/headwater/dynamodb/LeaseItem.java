package io.headwater.dynamodb;

import io.headwater.spi.CheckpointStore.Holder;
import io.headwater.spi.CheckpointStore.Lease;
import io.headwater.spi.support.StoredValues;
import io.headwater.spi.support.ValueCodes;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The lease of a subscription as it is stored.
 *
 * @param epoch grows with each acquisition
 * @param until when it runs out, in microseconds since 1970
 * @param term in microseconds
 * @param generation of the checkpoints and records; older ones do not count, and are removed
 * @param cleaned up to which generation, exclusive, older ones are removed
 * @param kinds of the records that were ever saved
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
        Set<String> kinds) {
    static final String OWNER = "owner";
    static final String EPOCH = "epoch";
    static final String UNTIL = "until";
    static final String TERM = "term";
    static final String RENEWALS = "renewals";
    static final String GENERATION = "generation";
    static final String CLEANED = "cleaned";
    static final String KINDS = "kinds";

    /** When a lease ran out that is free. */
    static final long FREE = Long.MIN_VALUE;

    LeaseItem {
        kinds = Set.copyOf(kinds);
    }

    /** Of a subscription that has none. */
    static LeaseItem none(String subscription) {
        return new LeaseItem(subscription, "", 0, FREE, 0, 0, 0, 0, Set.of());
    }

    static LeaseItem of(String subscription, Optional<Item> item) {
        return item.map(present -> of(subscription, present)).orElseGet(() -> none(subscription));
    }

    private static LeaseItem of(String subscription, Item item) {
        try {
            AttributeValue kinds = item.get(KINDS);
            return new LeaseItem(
                    subscription,
                    item.text(OWNER),
                    item.number(EPOCH),
                    item.number(UNTIL),
                    item.number(TERM),
                    item.number(RENEWALS),
                    item.number(GENERATION),
                    item.number(CLEANED),
                    kinds == null ? Set.of() : new TreeSet<>(kinds.ss()));
        } catch (RuntimeException e) {
            throw StoredValues.damaged("the lease of subscription '" + subscription + "'", e);
        }
    }

    Item item(Keys keys) {
        Item item = Item.at(keys.lease(subscription))
                .with(OWNER, owner)
                .with(EPOCH, epoch)
                .with(UNTIL, until)
                .with(TERM, term)
                .with(RENEWALS, renewals)
                .with(GENERATION, generation)
                .with(CLEANED, cleaned);
        return kinds.isEmpty()
                ? item
                : item.with(KINDS, AttributeValue.fromSs(kinds.stream().sorted().toList()));
    }

    /** The condition that the item is as it was read. */
    Write ifUnchanged(Write write) {
        if (equals(none(subscription))) {
            return write.onlyIf("attribute_not_exists(#pk)");
        }
        return write.onlyIf("#epoch = :readEpoch AND #until = :readUntil AND #renewals = :readRenewals"
                        + " AND #generation = :readGeneration AND #cleaned = :readCleaned"
                        + (kinds.isEmpty() ? " AND attribute_not_exists(#kinds)" : " AND #kinds = :readKinds"))
                .value("readEpoch", epoch)
                .value("readUntil", until)
                .value("readRenewals", renewals)
                .value("readGeneration", generation)
                .value("readCleaned", cleaned)
                .values(kinds.isEmpty() ? Optional.empty() : Optional.of(kinds), "readKinds");
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
                kinds);
    }

    LeaseItem nextGeneration() {
        return new LeaseItem(subscription, owner, epoch + 1, FREE, term, 0, generation + 1, cleaned, kinds);
    }

    /** A lease that is free, at this epoch. */
    LeaseItem withEpoch(long newEpoch) {
        return new LeaseItem(subscription, owner, newEpoch, FREE, term, 0, generation, cleaned, kinds);
    }
}

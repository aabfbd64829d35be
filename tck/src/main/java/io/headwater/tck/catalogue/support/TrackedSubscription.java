package io.headwater.tck.catalogue.support;

import io.headwater.CodePoints;
import io.headwater.EventStore;
import io.headwater.Metadata;
import io.headwater.Position;
import io.headwater.spi.CheckpointStore;
import io.headwater.spi.CheckpointStore.Checkpoint;
import io.headwater.spi.CheckpointStore.Holder;
import io.headwater.spi.CheckpointStore.Lease;
import io.headwater.spi.CheckpointStore.Save;
import io.headwater.spi.CheckpointStore.SaveResult;
import io.headwater.spi.RecordChange;
import io.headwater.spi.SubscriptionRecord;
import io.headwater.tck.rule.Expect;
import io.headwater.tck.rule.RuleContext;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A subscription of which all is known: its checkpoints, its records, who holds its lease, and who held it before. Each change
 * is made by a store over the storage, and whether all of it is answered as known can be asked of any.
 */
final class TrackedSubscription {
    static final List<String> KINDS = List.of(Records.NOTE, WholeSubscriptions.MARK);
    private static final int ALL = 1000;
    private static final int SMALL_PAGE = 7;
    private static final int LAST = 5;
    private static final int LOOKS_BETWEEN_LISTS = 3;

    private final RuleContext rule;
    private final String name;
    private final Map<Integer, Position> positions = new TreeMap<>();
    private final Map<Integer, Instant> savedAt = new HashMap<>();
    private final Map<String, Map<String, Metadata>> records = new HashMap<>();
    private final List<Lease> former = new ArrayList<>();
    private @Nullable Holder holder;
    private int looks;

    TrackedSubscription(RuleContext rule, String name) {
        this.rule = rule;
        this.name = name;
        clear();
    }

    private void clear() {
        positions.clear();
        savedAt.clear();
        KINDS.forEach(kind -> records.put(kind, new TreeMap<>(CodePoints::compare)));
    }

    private CheckpointStore of(EventStore store) {
        return rule.facet(store, CheckpointStore.class);
    }

    /** By key. */
    private Map<String, Metadata> of(String kind) {
        return Objects.requireNonNull(records.get(kind), kind);
    }

    /** The lease that is held now. */
    Lease lease() {
        return held().lease();
    }

    private Holder held() {
        return Objects.requireNonNull(holder, "the lease is free");
    }

    void acquires(EventStore store, String owner, Duration term) {
        isNext(store, owner, term, of(store).acquire(name, owner, term));
    }

    void takesOver(EventStore store, String owner, Duration term) {
        isNext(store, owner, term, of(store).takeOver(held(), owner, term));
    }

    private void isNext(EventStore store, String owner, Duration term, Optional<Lease> given) {
        Expect.that(given.isPresent(), "the lease of '%s' was not given to '%s'".formatted(name, owner));
        Lease lease = given.orElseThrow();
        long before = former.stream().mapToLong(Lease::epoch).max().orElse(0);
        if (holder != null) {
            before = holder.lease().epoch();
            former.add(holder.lease());
        }
        Expect.ascending("epochs of the lease before and of this one", before, lease.epoch());
        isHeldBy(store, new Lease(name, owner, lease.epoch()), term, 0);
    }

    private void isHeldBy(EventStore store, Lease lease, Duration term, long renewals) {
        Optional<Holder> found = of(store).holder(name);
        Expect.that(found.isPresent(), "the lease of '" + name + "' has no holder");
        Holder now = found.orElseThrow();
        Expect.equal("holder", new Holder(lease, now.until(), term, renewals), now);
        holder = now;
        isKnown(store);
    }

    void isNotGiven(EventStore store, String owner) {
        Expect.equal("lease for another", Optional.empty(), of(store).acquire(name, owner, RuleLeases.LONG));
        isKnown(store);
    }

    void renews(EventStore store, Duration term) {
        Expect.equal("renewed", true, of(store).renew(lease(), term));
        isHeldBy(store, lease(), term, held().renewals() + 1);
    }

    /** With those that were lost. */
    void renewsAll(EventStore store, Duration term) {
        List<Lease> all = new ArrayList<>(former);
        all.add(lease());
        Expect.equal("renewed", Set.of(lease()), of(store).renewAll(all, term));
        isHeldBy(store, lease(), term, held().renewals() + 1);
    }

    void releases(EventStore store) {
        of(store).release(lease());
        isLost();
        isKnown(store);
    }

    private void isLost() {
        if (holder != null) {
            former.add(holder.lease());
        }
        holder = null;
    }

    void saves(EventStore store, int partition, int position, RecordChange... changes) {
        SaveResult result = of(store).save(lease(), partition, at(position), List.of(changes));
        isSaved(store, result, partition, position, changes);
    }

    /** One after the other, each at the same position. */
    void savesPartitions(EventStore store, int first, int last, int position) {
        for (int partition = first; partition <= last; partition++) {
            Expect.equal(
                    "save of partition " + partition,
                    SaveResult.SAVED,
                    of(store).save(lease(), partition, at(position)));
            positions.put(partition, at(position));
            savedAt.remove(partition);
        }
        isKnown(store);
    }

    /** With what those whose lease was lost want to save. */
    void savesAll(EventStore store, int partition, int position, RecordChange... changes) {
        Map<Lease, SaveResult> expected = new HashMap<>(Map.of(lease(), SaveResult.SAVED));
        List<Save> saves = new ArrayList<>(List.of(new Save(lease(), partition, at(position), List.of(changes))));
        for (Lease lost : former) {
            expected.put(lost, SaveResult.FENCED);
            saves.add(new Save(lost, partition, at(RuleLeases.POSITIONS), List.of(Records.note("a", "lost"))));
        }
        Map<Lease, SaveResult> results = of(store).saveAll(saves);
        Expect.equal("results", expected, results);
        isSaved(store, SaveResult.SAVED, partition, position, changes);
    }

    private void isSaved(EventStore store, SaveResult result, int partition, int position, RecordChange... changes) {
        Expect.equal("save of position number " + position, SaveResult.SAVED, result);
        positions.put(partition, at(position));
        savedAt.remove(partition);
        isChanged(store, changes);
    }

    void isBehind(EventStore store, int partition, int position) {
        List<RecordChange> changes = List.of(Records.note("a", "behind"));
        Expect.equal(
                "save of an earlier position",
                SaveResult.BEHIND,
                of(store).save(lease(), partition, at(position), changes));
        isKnown(store);
    }

    void changes(EventStore store, RecordChange... changes) {
        Expect.equal("changed", true, of(store).change(lease(), List.of(changes)));
        isChanged(store, changes);
    }

    void changesAsTool(EventStore store, RecordChange... changes) {
        of(store).change(name, List.of(changes));
        isChanged(store, changes);
    }

    private void isChanged(EventStore store, RecordChange... changes) {
        for (RecordChange change : changes) {
            Map<String, Metadata> kind = of(change.kind());
            change.fields().ifPresentOrElse(fields -> kind.put(change.key(), fields), () -> kind.remove(change.key()));
        }
        isKnown(store);
    }

    void resets(EventStore store, int position) {
        of(store).reset(name, at(position));
        isLost();
        clear();
        positions.put(0, at(position));
        isKnown(store);
    }

    void forgets(EventStore store) {
        boolean known = !positions.isEmpty() || records.values().stream().anyMatch(kind -> !kind.isEmpty());
        Expect.equal("forgotten", known, of(store).forget(name));
        isLost();
        clear();
        isKnown(store);
    }

    private Position at(int number) {
        return RuleLeases.at(rule, number);
    }

    /** Fails unless the store answers every question as known. */
    void isKnown(EventStore store) {
        CheckpointStore asked = of(store);
        areCheckpoints(store.storeId(), "loaded", asked.load(name));
        KINDS.forEach(kind -> areRecords(asked, kind));
        Optional<Holder> current = Optional.ofNullable(holder);
        Expect.equal("holder", current, asked.holder(name));
        if (looks++ % LOOKS_BETWEEN_LISTS == 0) {
            isListed(store.storeId(), asked);
        }
        if (!former.isEmpty()) {
            savesNothing(asked, former.get(former.size() - 1));
        }
    }

    /** Lists are of all subscriptions, and may cost a store much. */
    private void isListed(String storeId, CheckpointStore asked) {
        areCheckpoints(storeId, "listed", own(asked.list()));
        List<Holder> listed = asked.holders().stream()
                .filter(other -> other.lease().subscription().equals(name))
                .toList();
        Expect.equal("holders listed", Optional.ofNullable(holder).stream().toList(), listed);
    }

    private List<Checkpoint> own(List<Checkpoint> all) {
        return all.stream()
                .filter(checkpoint -> checkpoint.subscription().equals(name))
                .toList();
    }

    /** When one was saved is learned from the first answer after that, and stays. */
    private void areCheckpoints(String storeId, String how, List<Checkpoint> told) {
        told.forEach(checkpoint -> savedAt.putIfAbsent(checkpoint.partition(), checkpoint.savedAt()));
        List<Checkpoint> expected = new ArrayList<>();
        positions.forEach((partition, position) -> expected.add(
                new Checkpoint(name, partition, position, savedAt.getOrDefault(partition, Instant.EPOCH), storeId)));
        Expect.equal("checkpoints " + how, expected, told);
    }

    private void areRecords(CheckpointStore store, String kind) {
        List<SubscriptionRecord> expected = of(kind).entrySet().stream()
                .map(known -> new SubscriptionRecord(kind, known.getKey(), known.getValue()))
                .toList();
        Expect.equal("records of " + kind, expected, store.records(name, kind, "", ALL));
        List<SubscriptionRecord> page = expected.stream().limit(SMALL_PAGE).toList();
        Expect.equal("page of records of " + kind, page, store.records(name, kind, "", SMALL_PAGE));
        if (!page.isEmpty()) {
            String last = page.get(page.size() - 1).key();
            Expect.equal(
                    "records of %s after %s".formatted(kind, last),
                    expected.subList(page.size(), expected.size()),
                    store.records(name, kind, last, ALL));
        }
    }

    private void savesNothing(CheckpointStore store, Lease lost) {
        Expect.equal(
                "save by " + lost,
                SaveResult.FENCED,
                store.save(lost, 0, at(RuleLeases.POSITIONS), List.of(Records.note("a", "lost"))));
    }

    /** Those that were lost last: they are lost for good. */
    void areFenced(EventStore store) {
        CheckpointStore asked = of(store);
        for (Lease lost : former.subList(Math.max(0, former.size() - LAST), former.size())) {
            savesNothing(asked, lost);
            Expect.equal("change by " + lost, false, asked.change(lost, List.of(Records.note("a", "lost"))));
            Expect.equal("renewal by " + lost, false, asked.renew(lost, RuleLeases.LONG));
            asked.release(lost);
        }
        isKnown(store);
    }
}

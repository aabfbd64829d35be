package io.headwater.verification.mutants;

import static io.headwater.verification.Proxies.altered;
import static io.headwater.verification.mutants.FacetMutants.changes;
import static io.headwater.verification.mutants.Mutant.ofCheckedCheckpoints;
import static io.headwater.verification.mutants.Mutant.ofCheckpoints;
import static java.util.function.Predicate.not;

import io.headwater.Metadata;
import io.headwater.Position;
import io.headwater.spi.CheckpointStore;
import io.headwater.spi.CheckpointStore.Lease;
import io.headwater.spi.CheckpointStore.SaveResult;
import io.headwater.spi.RecordChange;
import io.headwater.spi.SubscriptionRecord;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;

/** Records gone wrong (K2). */
final class RecordMutants {
    private static final int ALL_RECORDS = 10_000;

    static final List<Mutant> ALL = List.of(
            ofCheckpoints(
                    "records are changed in a step of their own, whether or not the checkpoint is saved",
                    store -> altered(CheckpointStore.class, store, "save", args -> {
                        SaveResult result = save(store, args, List.of());
                        store.change(((Lease) args[0]).subscription(), changes(args[3]));
                        return result;
                    }),
                    "K2.20",
                    "K2.21",
                    "K2.34"),
            ofCheckpoints(
                    "records are not saved with the checkpoint",
                    store -> altered(CheckpointStore.class, store, "save", args -> save(store, args, List.of())),
                    "K2.17",
                    "K2.18",
                    "K2.19",
                    "K1.13",
                    "K1.20",
                    "K1.21"),
            ofCheckpoints(
                    "a change of records needs no lease",
                    store -> altered(CheckpointStore.class, store, "change", args -> {
                        store.change(subscription(args[0]), changes(args[1]));
                        return true;
                    }),
                    "K2.23",
                    "K2.34"),
            ofCheckpoints(
                    "a change of records is also a checkpoint",
                    store -> altered(CheckpointStore.class, store, "change", args -> {
                        store.save((Lease) args[0], 0, Position.START, changes(args[1]));
                        return true;
                    }),
                    "K2.22"),
            ofCheckpoints(
                    "a change without the lease takes it",
                    store -> altered(CheckpointStore.class, store, "change", args -> {
                        store.acquire((String) args[0], "holder", Duration.ofDays(1));
                        store.change((String) args[0], changes(args[1]));
                        return null;
                    }),
                    "K2.24"),
            ofCheckpoints(
                    "a record is not replaced",
                    store -> changing(
                            store,
                            (subscription, changes) -> changes.stream()
                                    .filter(change -> records(store, subscription).stream()
                                            .noneMatch(known -> known.key().equals(change.key())))
                                    .toList()),
                    "K2.18"),
            ofCheckpoints(
                    "a record is not removed",
                    store -> changing(
                            store,
                            (subscription, changes) -> changes.stream()
                                    .filter(change -> change.fields().isPresent())
                                    .toList()),
                    "K2.19",
                    "K2.28"),
            ofCheckpoints(
                    "only the first changes are made",
                    store -> changing(
                            store, (subscription, changes) -> changes.subList(0, Math.min(changes.size(), 63))),
                    "K2.30",
                    "K2.41"),
            ofCheckpoints(
                    "half of the bytes are kept that are promised",
                    store -> changing(store, (subscription, changes) -> upTo(256 << 10, changes)),
                    "K2.30",
                    "K2.41"),
            ofCheckpoints(
                    "more changes than a few are made with a checkpoint only",
                    store -> altered(CheckpointStore.class, store, "change", args -> {
                        List<RecordChange> changes = changes(args[1])
                                .subList(0, Math.min(changes(args[1]).size(), 25));
                        if (args[0] instanceof Lease lease) {
                            return store.change(lease, changes);
                        }
                        store.change((String) args[0], changes);
                        return null;
                    }),
                    "K2.41"),
            ofCheckedCheckpoints("more changes than are promised are made, in steps", RecordMutants::inSteps, "K2.30"),
            ofCheckpoints(
                    "a large record is cut off",
                    store -> changing(
                            store,
                            (subscription, changes) ->
                                    changes.stream().map(RecordMutants::cutOff).toList()),
                    "K2.29"),
            ofCheckpoints(
                    "records are sorted as UTF-16",
                    store -> listing(
                            store,
                            found -> found.stream()
                                    .sorted(Comparator.comparing(SubscriptionRecord::key))
                                    .toList()),
                    "K2.25"),
            ofCheckpoints(
                    "a page of records begins at its key",
                    store -> altered(
                            CheckpointStore.class,
                            store,
                            "records",
                            args -> records(store, args[0]).stream()
                                    .filter(not(record -> record.key().compareTo((String) args[2]) < 0))
                                    .limit((Integer) args[3])
                                    .toList()),
                    "K2.26"),
            ofCheckpoints(
                    "a page of records has no limit",
                    store -> altered(
                            CheckpointStore.class,
                            store,
                            "records",
                            args -> store.records((String) args[0], (String) args[1], (String) args[2], ALL_RECORDS)),
                    "K2.26"),
            ofCheckpoints(
                    "records are shared by all subscriptions",
                    store -> altered(
                            CheckpointStore.class,
                            altered(CheckpointStore.class, store, "save", args -> {
                                store.change("all", changes(args[3]));
                                return save(store, args, List.of());
                            }),
                            "records",
                            args -> records(store, "all")),
                    "K2.27"),
            ofCheckpoints(
                    "records are shared by all kinds",
                    store -> altered(
                            CheckpointStore.class,
                            changing(
                                    store,
                                    (subscription, changes) -> changes.stream()
                                            .map(change -> new RecordChange("note", change.key(), change.fields()))
                                            .toList()),
                            "records",
                            args -> records(store, args[0])),
                    "K2.28"),
            ofCheckpoints(
                    "a reset leaves the records",
                    store -> altered(CheckpointStore.class, store, "reset", args -> {
                        List<RecordChange> kept = rewritten(store, args[0]);
                        store.reset((String) args[0], (Position) args[1]);
                        store.change((String) args[0], kept);
                        return null;
                    }),
                    "K2.31"),
            ofCheckpoints(
                    "forgetting leaves the records",
                    store -> altered(CheckpointStore.class, store, "forget", args -> {
                        List<RecordChange> kept = rewritten(store, args[0]);
                        boolean known = store.forget((String) args[0]);
                        store.change((String) args[0], kept);
                        return known;
                    }),
                    "K2.32",
                    "K2.33"),
            ofCheckpoints(
                    "forgetting does nothing",
                    store -> altered(CheckpointStore.class, store, "forget", args -> true),
                    "K2.32",
                    "K2.33",
                    "K2.34",
                    "K3.14"));

    private RecordMutants() {}

    private static List<RecordChange> upTo(int bytes, List<RecordChange> changes) {
        int end = 0;
        for (int sum = 0; end < changes.size() && sum + changes.get(end).size() <= bytes; end++) {
            sum += changes.get(end).size();
        }
        return changes.subList(0, end);
    }

    private static CheckpointStore inSteps(CheckpointStore store) {
        return altered(CheckpointStore.class, store, "save", args -> {
            SaveResult result = SaveResult.SAVED;
            List<RecordChange> changes = changes(args[3]);
            for (int from = 0; from == 0 || from < changes.size(); from += 8) {
                result = save(store, args, changes.subList(from, Math.min(changes.size(), from + 8)));
            }
            return result;
        });
    }

    private static SaveResult save(CheckpointStore store, Object[] args, List<RecordChange> changes) {
        return store.save((Lease) args[0], (Integer) args[1], (Position) args[2], changes);
    }

    private static String subscription(Object leaseOrName) {
        return leaseOrName instanceof Lease lease ? lease.subscription() : (String) leaseOrName;
    }

    private static List<SubscriptionRecord> records(CheckpointStore store, Object subscription) {
        return store.records((String) subscription, "note", "", ALL_RECORDS);
    }

    private static List<RecordChange> rewritten(CheckpointStore store, Object subscription) {
        return records(store, subscription).stream()
                .map(record -> RecordChange.put(record.kind(), record.key(), record.fields()))
                .toList();
    }

    private static RecordChange cutOff(RecordChange change) {
        return change.fields().orElse(Metadata.none()).size() < 1000
                ? change
                : RecordChange.put(change.kind(), change.key(), Metadata.none());
    }

    /** All changes, with the checkpoint and without, as they are made of those that were asked for. */
    private static CheckpointStore changing(
            CheckpointStore store, BiFunction<String, List<RecordChange>, List<RecordChange>> made) {
        CheckpointStore saving = altered(
                CheckpointStore.class,
                store,
                "save",
                args -> save(store, args, made.apply(subscription(args[0]), changes(args[3]))));
        return altered(CheckpointStore.class, saving, "change", args -> {
            List<RecordChange> changes = made.apply(subscription(args[0]), changes(args[1]));
            if (args[0] instanceof Lease lease) {
                return store.change(lease, changes);
            }
            store.change((String) args[0], changes);
            return null;
        });
    }

    private static CheckpointStore listing(CheckpointStore store, UnaryOperator<List<SubscriptionRecord>> shown) {
        return altered(CheckpointStore.class, store, "records", args -> shown.apply(records(store, args[0])));
    }
}

package io.headwater.tck.catalogue;

import static io.headwater.ExpectedVersion.noStream;
import static io.headwater.tck.catalogue.support.RuleLeases.LONG;
import static io.headwater.tck.catalogue.support.RuleLeases.at;
import static io.headwater.tck.rule.Rule.must;

import io.headwater.AppendOutcome;
import io.headwater.AppendOutcome.Appended;
import io.headwater.AppendRequest;
import io.headwater.AppendResult;
import io.headwater.Capability;
import io.headwater.EventData;
import io.headwater.LogFilter;
import io.headwater.Payload;
import io.headwater.Position;
import io.headwater.RecordedEvent;
import io.headwater.Snapshot;
import io.headwater.StreamCatalog;
import io.headwater.StreamCatalog.CategoryInfo;
import io.headwater.StreamCatalog.StreamInfo;
import io.headwater.StreamId;
import io.headwater.spi.CheckpointStore;
import io.headwater.spi.CheckpointStore.Checkpoint;
import io.headwater.spi.CheckpointStore.Holder;
import io.headwater.spi.CheckpointStore.Lease;
import io.headwater.spi.CheckpointStore.Save;
import io.headwater.spi.CheckpointStore.SaveResult;
import io.headwater.spi.RecordChange;
import io.headwater.spi.SubscriptionRecord;
import io.headwater.spi.support.StreamBounds;
import io.headwater.tck.catalogue.support.InPages;
import io.headwater.tck.catalogue.support.ManyNames;
import io.headwater.tck.catalogue.support.Records;
import io.headwater.tck.rule.Expect;
import io.headwater.tck.rule.RuleContext;
import io.headwater.tck.rule.RuleGroup;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;

/** Lists of hundreds of names: in their order, none twice, none missing, as a whole and in pages. */
final class LongListRules {
    private static final Duration TERM = Duration.ofHours(3);
    private static final int MORE_THAN_A_THOUSAND = 1_010;
    private static final int RECORDS_OF_EACH = 3;
    private static final List<Integer> PAGES = List.of(7, 100, 256, 1000);

    static final RuleGroup GROUP = RuleGroup.of(
            "long lists",
            must(
                    "K2.48",
                    "hundreds of checkpoints are saved in one call and listed in order, none missing, none twice",
                    rule -> {
                        List<Lease> leases = leases(rule);
                        List<Save> saves = new ArrayList<>();
                        Map<Lease, SaveResult> results = new HashMap<>();
                        for (Lease lease : leases) {
                            int number = saves.size();
                            saves.add(new Save(
                                    lease, number, position(rule, number), List.of(Records.note("a", "" + number))));
                            results.put(lease, SaveResult.SAVED);
                        }
                        Expect.equal("results", results, rule.checkpoints().saveAll(saves));
                        areSaved(rule, saves);
                        leases.forEach(lease -> rule.checkpoints().release(lease));
                    }),
            must(
                    "K2.50",
                    "hundreds of records are listed in order, in pages of any size, none missing, none twice",
                    rule -> {
                        String name = rule.name();
                        List<SubscriptionRecord> records = new ArrayList<>();
                        for (String key : ManyNames.of("k")) {
                            RecordChange note = Records.note(key, "" + records.size());
                            records.add(new SubscriptionRecord(
                                    note.kind(), key, note.fields().orElseThrow()));
                        }
                        change(rule, name, records);
                        CheckpointStore store = rule.checkpoints();
                        for (int page : PAGES) {
                            Expect.equal(
                                    "records in pages of " + page,
                                    records,
                                    InPages.records(store, name, Records.NOTE, page));
                        }
                        Expect.equal(
                                "records with the greatest limit",
                                records,
                                store.records(name, Records.NOTE, "", Integer.MAX_VALUE));
                    }),
            must("K2.56", "a reset and a forget remove hundreds of records and of checkpoints", LongListRules::removed),
            must(
                    "K3.52",
                    "hundreds of leases are renewed in one call and listed in order, none missing, none twice",
                    rule -> {
                        List<Lease> leases = leases(rule);
                        CheckpointStore store = rule.checkpoints();
                        Expect.equal("renewed", new HashSet<>(leases), store.renewAll(leases, TERM));
                        List<Holder> holders = leases.stream()
                                .map(lease -> store.holder(lease.subscription()).orElseThrow())
                                .toList();
                        for (int i = 0; i < leases.size(); i++) {
                            Holder holder = holders.get(i);
                            Expect.equal("holder", new Holder(leases.get(i), holder.until(), TERM, 1), holder);
                        }
                        Expect.equal("holders listed", holders, held(store, leases));
                        leases.forEach(store::release);
                        Expect.none("holders of what was released", held(store, leases));
                    }),
            must(
                            "F1.14",
                            "hundreds of streams are listed in order, in pages of any size, none missing, none twice",
                            rule -> {
                                String name = rule.name();
                                List<StreamId> streams =
                                        ManyNames.of(name, rule.size(ManyNames.COUNT, MORE_THAN_A_THOUSAND)).stream()
                                                .map(StreamId::of)
                                                .toList();
                                write(rule, streams);
                                areListed(rule, name + ".", streams);
                            })
                    .requires(Capability.STREAM_CATALOG),
            must(
                            "F1.15",
                            "hundreds of categories are listed in order, none missing, none twice, and a filter of them finds their events",
                            rule -> {
                                List<String> names = names(rule);
                                List<StreamId> streams = names.stream()
                                        .map(name -> StreamId.of(name, "1"))
                                        .toList();
                                write(rule, streams);
                                Set<String> categories = Set.copyOf(names);
                                Expect.equal(
                                        "categories",
                                        names.stream()
                                                .map(name -> new CategoryInfo(name, 1, 1))
                                                .toList(),
                                        rule.facet(StreamCatalog.class).categories().stream()
                                                .filter(category -> categories.contains(category.name()))
                                                .toList());
                                areFound(rule, streams, names);
                            })
                    .requires(Capability.STREAM_CATALOG),
            must(
                            "F2.15",
                            "an import to hundreds of streams writes to each, in the order given",
                            LongListRules::imported)
                    .requires(Capability.BULK_IMPORT),
            must("Z1.17", "hundreds of snapshots of one stream and of many are told apart", rule -> {
                        List<Snapshot> snapshots = snapshots(rule);
                        snapshots.forEach(snapshot ->
                                Expect.equal("saved", true, rule.snapshots().save(snapshot)));
                        for (int i = 0; i < snapshots.size(); i += 3) {
                            Snapshot deleted = snapshots.get(i);
                            rule.snapshots().delete(deleted.stream(), deleted.name());
                        }
                        for (int i = 0; i < snapshots.size(); i++) {
                            Snapshot snapshot = snapshots.get(i);
                            Expect.equal(
                                    "snapshot '%s' of '%s'".formatted(snapshot.name(), snapshot.stream()),
                                    i % 3 == 0 ? Optional.empty() : Optional.of(snapshot),
                                    rule.snapshots().load(snapshot.stream(), snapshot.name()));
                        }
                    })
                    .requires(Capability.SNAPSHOTS));

    private LongListRules() {}

    /** Some hundreds, or more than a thousand. */
    private static List<String> names(RuleContext rule) {
        return ManyNames.of(rule.name(), rule.size(ManyNames.COUNT, MORE_THAN_A_THOUSAND));
    }

    private static List<Lease> leases(RuleContext rule) {
        return names(rule).stream()
                .map(name -> rule.checkpoints().acquire(name, "holder", LONG).orElseThrow())
                .toList();
    }

    private static Position position(RuleContext rule, int number) {
        return at(rule, 1 + number % 10);
    }

    private static void areSaved(RuleContext rule, List<Save> saves) {
        CheckpointStore store = rule.checkpoints();
        Set<String> names = new HashSet<>();
        saves.forEach(save -> names.add(save.lease().subscription()));
        List<Checkpoint> listed = store.list().stream()
                .filter(checkpoint -> names.contains(checkpoint.subscription()))
                .toList();
        Expect.equal("checkpoints listed", saves.size(), listed.size());
        for (int i = 0; i < saves.size(); i++) {
            Save save = saves.get(i);
            String name = save.lease().subscription();
            Checkpoint expected = new Checkpoint(
                    name,
                    save.partition(),
                    save.position(),
                    listed.get(i).savedAt(),
                    rule.store().storeId());
            Expect.equal("checkpoint listed", expected, listed.get(i));
            Expect.equal("checkpoint", List.of(expected), store.load(name));
            Expect.equal("records", Map.of("a", "" + i), Records.notes(store, name));
        }
    }

    private static void change(RuleContext rule, String name, List<SubscriptionRecord> records) {
        for (int from = 0; from < records.size(); from += SubscriptionRecord.MAX_CHANGES) {
            rule.checkpoints()
                    .change(
                            name,
                            records
                                    .subList(from, Math.min(records.size(), from + SubscriptionRecord.MAX_CHANGES))
                                    .stream()
                                    .map(record -> RecordChange.put(record.kind(), record.key(), record.fields()))
                                    .toList());
        }
    }

    private static void removed(RuleContext rule) {
        String name = rule.name();
        CheckpointStore store = rule.checkpoints();
        int count = rule.size(110, MORE_THAN_A_THOUSAND);
        List<Integer> partitions = IntStream.range(0, count).boxed().toList();
        for (boolean forgotten : new boolean[] {false, true}) {
            Lease lease = store.acquire(name, "holder", LONG).orElseThrow();
            for (int partition : partitions) {
                SaveResult result = store.save(lease, partition, at(rule, 3), notes(partition));
                Expect.equal("save of partition " + partition, SaveResult.SAVED, result);
            }
            Expect.equal("partitions", partitions, partitions(store, name));
            Expect.equal(
                    "number of records",
                    count * RECORDS_OF_EACH,
                    records(store, name).size());
            if (forgotten) {
                Expect.equal("forgotten", true, store.forget(name));
            } else {
                store.reset(name, at(rule, 1));
            }
            Expect.none("records that are left", records(store, name));
            Expect.equal("partitions that are left", forgotten ? List.of() : List.of(0), partitions(store, name));
        }
    }

    private static List<Integer> partitions(CheckpointStore store, String name) {
        return store.load(name).stream().map(Checkpoint::partition).toList();
    }

    private static List<SubscriptionRecord> records(CheckpointStore store, String name) {
        return store.records(name, Records.NOTE, "", Integer.MAX_VALUE);
    }

    private static List<RecordChange> notes(int partition) {
        return IntStream.range(0, RECORDS_OF_EACH)
                .mapToObj(i -> Records.note("%s of %s".formatted(i, partition), "text"))
                .toList();
    }

    private static List<Holder> held(CheckpointStore store, List<Lease> leases) {
        Set<Lease> own = Set.copyOf(leases);
        return store.holders().stream()
                .filter(holder -> own.contains(holder.lease()))
                .toList();
    }

    private static void write(RuleContext rule, List<StreamId> streams) {
        streams.forEach(stream -> rule.store().append(stream, noStream(), rule.event()));
    }

    private static void areListed(RuleContext rule, String prefix, List<StreamId> streams) {
        StreamCatalog catalog = rule.facet(StreamCatalog.class);
        List<StreamInfo> expected = streams.stream()
                .map(stream -> StreamBounds.NONE.grown(1).info(stream))
                .toList();
        for (int page : PAGES) {
            Expect.equal("streams in pages of " + page, expected, InPages.streams(catalog, prefix, page));
        }
        Expect.equal(
                "streams with the greatest limit",
                expected,
                catalog.streams(prefix, Optional.empty(), Integer.MAX_VALUE));
    }

    private static void areFound(RuleContext rule, List<StreamId> streams, List<String> categories) {
        for (int count : List.of(11, 101, categories.size())) {
            Set<String> some = Set.copyOf(categories.subList(0, count));
            List<StreamId> found = rule.log(new LogFilter(some, Set.of(), "")).stream()
                    .map(RecordedEvent::stream)
                    .toList();
            Expect.equal("streams of %s categories".formatted(count), streams.subList(0, count), found);
        }
    }

    private static void imported(RuleContext rule) {
        List<AppendRequest> requests = ManyNames.of(rule.name()).stream()
                .map(name -> AppendRequest.to(StreamId.of(name), noStream(), rule.events(2)))
                .toList();
        List<AppendOutcome> outcomes = rule.bulk().appendAll(requests);
        List<AppendOutcome> expected = new ArrayList<>();
        List<AppendOutcome> repeated = new ArrayList<>();
        for (AppendRequest request : requests) {
            StreamId stream = request.writes().get(0).stream();
            List<RecordedEvent> events = rule.store().readStream(stream).events();
            Expect.events("stream '" + stream + "'", request.writes().get(0).events(), events);
            Position position = events.get(1).position();
            expected.add(new Appended(List.of(new AppendResult(stream, 2, position, false))));
            repeated.add(new Appended(List.of(new AppendResult(stream, 2, position, true))));
        }
        Expect.equal("outcomes", expected, outcomes);
        Expect.equal("outcomes of the repeat", repeated, rule.bulk().appendAll(requests));
        areInLog(rule, requests);
    }

    private static void areInLog(RuleContext rule, List<AppendRequest> requests) {
        List<UUID> ids = requests.stream()
                .flatMap(request -> request.writes().get(0).events().stream())
                .map(EventData::id)
                .toList();
        Set<UUID> own = Set.copyOf(ids);
        Expect.equal(
                "events in the log",
                ids,
                rule.log(LogFilter.all()).stream()
                        .map(RecordedEvent::id)
                        .filter(own::contains)
                        .toList());
    }

    private static List<Snapshot> snapshots(RuleContext rule) {
        List<Snapshot> snapshots = new ArrayList<>();
        StreamId stream = rule.stream();
        for (String name : ManyNames.of("s")) {
            snapshots.add(new Snapshot(stream, name, 1 + snapshots.size(), Payload.json("" + snapshots.size())));
        }
        for (String name : ManyNames.of(rule.name())) {
            snapshots.add(new Snapshot(StreamId.of(name), "state", 2, Payload.json("" + snapshots.size())));
        }
        return snapshots;
    }
}

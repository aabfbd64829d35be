package io.headwater.tck.catalogue;

import static io.headwater.ExpectedVersion.noStream;
import static io.headwater.tck.catalogue.support.Records.note;
import static io.headwater.tck.catalogue.support.RuleLeases.LONG;
import static io.headwater.tck.catalogue.support.RuleLeases.at;
import static io.headwater.tck.rule.Rule.must;

import io.headwater.Capability;
import io.headwater.EventData;
import io.headwater.LogFilter;
import io.headwater.Metadata;
import io.headwater.Payload;
import io.headwater.RecordedEvent;
import io.headwater.Snapshot;
import io.headwater.SnapshotStore;
import io.headwater.StreamCatalog;
import io.headwater.StreamId;
import io.headwater.spi.CheckpointStore;
import io.headwater.spi.CheckpointStore.Checkpoint;
import io.headwater.spi.CheckpointStore.Lease;
import io.headwater.spi.CheckpointStore.SaveResult;
import io.headwater.spi.RecordChange;
import io.headwater.spi.SubscriptionRecord;
import io.headwater.tck.rule.Expect;
import io.headwater.tck.rule.RuleContext;
import io.headwater.tck.rule.RuleGroup;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Keys of several names that read the same when a store joins them, and names that fill all the room that a name has (P2). */
final class KeyRules {
    private static final int LONGEST = 255;

    /** What a store may put between the parts of a key or of a list; nothing, too. */
    private static final List<String> SEPARATORS = List.of(
            "", "-", "/", ":", "::", "#", "|", ".", ",", ";", "_", "@", "!", "~", "$", "%", "\\", " ", "', '", "\",\"");

    /** Characters of one to four bytes. */
    private static final List<String> FILLERS = List.of("x", "é", "語", "😀");

    static final RuleGroup GROUP = RuleGroup.of(
            "keys",
            must("Z1.20", "snapshots whose stream and name read the same when joined are distinguished", rule -> {
                        List<Snapshot> all = new ArrayList<>();
                        for (String separator : SEPARATORS) {
                            String name = rule.name();
                            all.add(snapshot(name + separator + "a", "b", all.size() + 1));
                            all.add(snapshot(name, "a" + separator + "b", all.size() + 1));
                        }
                        SnapshotStore store = rule.snapshots();
                        all.forEach(snapshot -> Expect.equal("saved", true, store.save(snapshot)));
                        areThere(store, all);
                        for (int i = 0; i < all.size(); i += 2) {
                            store.delete(all.get(i).stream(), all.get(i).name());
                            Expect.equal(
                                    "a snapshot that was deleted",
                                    Optional.empty(),
                                    store.load(all.get(i).stream(), all.get(i).name()));
                            areThere(store, List.of(all.get(i + 1)));
                        }
                    })
                    .requires(Capability.SNAPSHOTS),
            must(
                    "K2.54",
                    "records whose subscription, kind and key read the same when joined are distinguished",
                    KeyRules::records),
            must(
                    "K2.55",
                    "checkpoints whose subscription and partition read the same when joined are distinguished",
                    KeyRules::checkpoints),
            must("G6.27", "filters of names that contain separators select exactly these", KeyRules::filters),
            must("P2.21", "names of subscriptions, owners and records may have 255 characters, of any size", rule -> {
                for (String filler : FILLERS) {
                    List<String> names = longest(rule.name(), filler);
                    for (String name : names) {
                        Lease lease =
                                rule.checkpoints().acquire(name, name, LONG).orElseThrow();
                        Expect.equal("lease", new Lease(name, name, lease.epoch()), lease);
                        saves(
                                rule,
                                lease,
                                0,
                                1,
                                names.stream().map(key -> note(key, key)).toArray(RecordChange[]::new));
                    }
                    names.forEach(name -> isKept(rule.checkpoints(), name, names));
                }
            }),
            must("P2.22", "names of snapshots may have 255 characters, of any size", rule -> {
                        for (String filler : FILLERS) {
                            List<String> names = longest(rule.name(), filler);
                            List<Snapshot> all = List.of(
                                    snapshot(names.get(0), names.get(0), 1),
                                    snapshot(names.get(0), names.get(1), 2),
                                    snapshot(names.get(1), names.get(0), 3));
                            all.forEach(snapshot ->
                                    Expect.equal("saved", true, rule.snapshots().save(snapshot)));
                            areThere(rule.snapshots(), all);
                        }
                    })
                    .requires(Capability.SNAPSHOTS),
            must("G6.28", "filters may name streams, categories and types of 255 characters, of any size", rule -> {
                for (String filler : FILLERS) {
                    longNames(rule, longest(rule.name(), filler));
                }
            }),
            must(
                            "F1.17",
                            "streams whose names have 255 characters are listed, whatever the size of the names",
                            rule -> {
                                for (String filler : FILLERS) {
                                    List<StreamId> streams = longest(rule.name(), filler).stream()
                                            .map(StreamId::of)
                                            .toList();
                                    streams.forEach(stream -> rule.store().append(stream, noStream(), rule.event()));
                                    for (StreamId stream : streams) {
                                        Expect.equal(
                                                "streams with the whole name for a prefix",
                                                List.of(stream),
                                                listed(rule, stream.value(), Optional.empty()));
                                    }
                                    String whole = streams.get(0).value();
                                    String begin = whole.substring(0, whole.offsetByCodePoints(0, LONGEST / 2));
                                    Expect.equal(
                                            "streams after the first",
                                            List.of(streams.get(1)),
                                            listed(rule, begin, Optional.of(streams.get(0))));
                                }
                            })
                    .requires(Capability.STREAM_CATALOG),
            must("F1.18", "streams without a category, also those that begin with a dash, are in none", rule -> {
                        String name = rule.name();
                        for (String stream : List.of(name, "-" + name, "-" + name + "-1", "--" + name, name + "-1")) {
                            rule.store().append(StreamId.of(stream), noStream(), rule.event());
                        }
                        List<String> listed = rule.facet(StreamCatalog.class).categories().stream()
                                .map(StreamCatalog.CategoryInfo::name)
                                .filter(category ->
                                        category.isEmpty() || category.contains(name) || category.equals("-"))
                                .toList();
                        Expect.equal("categories", List.of(name), listed);
                    })
                    .requires(Capability.STREAM_CATALOG));

    private KeyRules() {}

    private static Snapshot snapshot(String stream, String name, long version) {
        return new Snapshot(StreamId.of(stream), name, version, Payload.json("" + version));
    }

    private static void areThere(SnapshotStore store, List<Snapshot> all) {
        all.forEach(snapshot -> Expect.equal(
                "snapshot '%s' of '%s'".formatted(snapshot.name(), snapshot.stream()),
                Optional.of(snapshot),
                store.load(snapshot.stream(), snapshot.name())));
    }

    /** A subscription, a kind and a key. */
    private record RecordId(String subscription, String kind, String key) {}

    private static void records(RuleContext rule) {
        Map<RecordId, String> texts = new LinkedHashMap<>();
        for (String separator : SEPARATORS) {
            String name = rule.name();
            texts.put(new RecordId(name + separator + "a", "b", "c"), "" + texts.size());
            texts.put(new RecordId(name, "a", "b" + separator + "c"), "" + texts.size());
        }
        String name = rule.name();
        texts.put(new RecordId(name, "ab", "c"), "" + texts.size());
        texts.put(new RecordId(name, "a", "bc"), "" + texts.size());
        CheckpointStore store = rule.checkpoints();
        texts.forEach((id, text) -> store.change(
                id.subscription(), List.of(RecordChange.put(id.kind(), id.key(), Metadata.of(Map.of("text", text))))));
        texts.forEach((id, text) -> Expect.equal(
                "records of " + id,
                List.of(new SubscriptionRecord(id.kind(), id.key(), Metadata.of(Map.of("text", text)))),
                store.records(id.subscription(), id.kind(), "", 10)));
        List<RecordId> ids = List.copyOf(texts.keySet());
        for (int i = 0; i < ids.size(); i += 2) {
            RecordId removed = ids.get(i);
            store.change(removed.subscription(), List.of(RecordChange.remove(removed.kind(), removed.key())));
            Expect.none("records of " + removed, store.records(removed.subscription(), removed.kind(), "", 10));
            RecordId kept = ids.get(i + 1);
            Expect.equal(
                    "records of " + kept,
                    1,
                    store.records(kept.subscription(), kept.kind(), "", 10).size());
        }
    }

    private static void checkpoints(RuleContext rule) {
        String name = rule.name();
        List<String> names = List.of(name, name + "1", name + "11", name + "-1", name + "/1");
        List<Integer> partitions = List.of(0, 1, 10, 11, 110, 111);
        CheckpointStore store = rule.checkpoints();
        for (String subscription : names) {
            Lease lease = store.acquire(subscription, "holder", LONG).orElseThrow();
            for (int i = 0; i < partitions.size(); i++) {
                saves(rule, lease, partitions.get(i), position(names, subscription, i));
            }
        }
        for (String subscription : names) {
            List<Checkpoint> saved = store.load(subscription);
            Expect.equal(
                    "partitions of '" + subscription + "'",
                    partitions,
                    saved.stream().map(Checkpoint::partition).toList());
            for (int i = 0; i < partitions.size(); i++) {
                Expect.equal(
                        "partition %s of '%s'".formatted(partitions.get(i), subscription),
                        at(rule, position(names, subscription, i)),
                        saved.get(i).position());
            }
        }
        store.forget(name);
        Expect.none("checkpoints of what was forgotten", store.load(name));
        names.subList(1, names.size())
                .forEach(kept -> Expect.equal(
                        "number of checkpoints of '" + kept + "'",
                        partitions.size(),
                        store.load(kept).size()));
    }

    /** Positions that differ from those of the neighbours in either list. */
    private static int position(List<String> names, String subscription, int partition) {
        return 1 + (names.indexOf(subscription) * 3 + partition) % 10;
    }

    private static void saves(RuleContext rule, Lease lease, int partition, int position, RecordChange... changes) {
        Expect.equal(
                "save of partition %s of '%s'".formatted(partition, lease.subscription()),
                SaveResult.SAVED,
                rule.checkpoints().save(lease, partition, at(rule, position), List.of(changes)));
    }

    /** Of two names, of their two joined by each separator, only what is asked for is found. */
    private static void filters(RuleContext rule) {
        String a = rule.name();
        String b = rule.name();
        List<String> names = new ArrayList<>(List.of(a, b));
        for (String separator : SEPARATORS) {
            if (!separator.contains("-")) {
                names.add(a + separator + b);
            }
        }
        Map<String, EventData> ofTypes = new LinkedHashMap<>();
        names.forEach(name -> ofTypes.put(name, rule.event(name)));
        rule.store().append(rule.stream(), noStream(), List.copyOf(ofTypes.values()));
        Map<String, EventData> ofCategories = new LinkedHashMap<>();
        for (String name : names) {
            ofCategories.put(name, rule.event());
            rule.store().append(StreamId.of(name, "1"), noStream(), ofCategories.get(name));
        }
        for (Set<String> some : filtered(names)) {
            found(rule, new LogFilter(Set.of(), some, ""), some, ofTypes);
            found(rule, new LogFilter(some, Set.of(), ""), some, ofCategories);
        }
    }

    private static List<Set<String>> filtered(List<String> names) {
        List<Set<String>> all = new ArrayList<>();
        names.forEach(name -> all.add(Set.of(name)));
        all.add(Set.copyOf(names.subList(0, 2)));
        all.add(Set.copyOf(names.subList(2, names.size())));
        return all;
    }

    private static void found(RuleContext rule, LogFilter filter, Set<String> some, Map<String, EventData> events) {
        List<EventData> expected = new ArrayList<>();
        events.forEach((name, event) -> {
            if (some.contains(name)) {
                expected.add(event);
            }
        });
        Expect.events("events of " + filter, expected, rule.log(filter));
    }

    /** Two names of the greatest length that differ in their last character. */
    private static List<String> longest(String begin, String filler) {
        String most = begin + filler.repeat(LONGEST - 1 - begin.length());
        return List.of(most + "1", most + "2");
    }

    private static void isKept(CheckpointStore store, String name, List<String> keys) {
        Expect.equal(
                "holder of '" + name + "'",
                Optional.of(name),
                store.holder(name).map(holder -> holder.lease().owner()));
        Expect.equal(
                "checkpoints of '" + name + "'",
                List.of(name),
                store.load(name).stream().map(Checkpoint::subscription).toList());
        Expect.equal(
                "records of '" + name + "'",
                keys.stream()
                        .map(key -> new SubscriptionRecord(
                                "note", key, note(key, key).fields().orElseThrow()))
                        .toList(),
                store.records(name, "note", "", 10));
        Expect.equal(
                "records after the first",
                1,
                store.records(name, "note", keys.get(0), 10).size());
    }

    /** A stream, its category and the type of its event have as long names as there are. */
    private static void longNames(RuleContext rule, List<String> names) {
        List<EventData> events = new ArrayList<>();
        for (String name : names) {
            EventData event = rule.event(name);
            events.add(event);
            rule.store().append(StreamId.of(name), noStream(), event);
        }
        String category = names.get(0).substring(0, names.get(0).offsetByCodePoints(0, LONGEST - 2));
        StreamId stream = StreamId.of(category + "-1");
        EventData categorised = rule.event();
        rule.store().append(stream, noStream(), categorised);
        for (int i = 0; i < names.size(); i++) {
            List<EventData> expected = List.of(events.get(i));
            Expect.events("events of a stream", expected, rule.log(new LogFilter(Set.of(), Set.of(), names.get(i))));
            Expect.events("events of a type", expected, rule.log(new LogFilter(Set.of(), Set.of(names.get(i)), "")));
        }
        List<RecordedEvent> found = rule.log(new LogFilter(Set.of(category), Set.of(), ""));
        Expect.events("events of a category", List.of(categorised), found);
    }

    private static List<StreamId> listed(RuleContext rule, String prefix, Optional<StreamId> after) {
        return rule.facet(StreamCatalog.class).streams(prefix, after, 10).stream()
                .map(StreamCatalog.StreamInfo::stream)
                .toList();
    }
}

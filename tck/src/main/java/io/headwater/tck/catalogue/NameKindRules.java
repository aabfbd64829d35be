package io.headwater.tck.catalogue;

import static io.headwater.ExpectedVersion.any;
import static io.headwater.tck.catalogue.support.Records.NOTE;
import static io.headwater.tck.catalogue.support.Records.keys;
import static io.headwater.tck.catalogue.support.Records.note;
import static io.headwater.tck.catalogue.support.RuleLeases.LONG;
import static io.headwater.tck.catalogue.support.RuleLeases.at;
import static io.headwater.tck.rule.Rule.must;

import io.headwater.Capability;
import io.headwater.CodePoints;
import io.headwater.EventData;
import io.headwater.InvalidRequest;
import io.headwater.Metadata;
import io.headwater.Payload;
import io.headwater.Position;
import io.headwater.RecordedEvent;
import io.headwater.Snapshot;
import io.headwater.StreamId;
import io.headwater.SubscriptionOptions;
import io.headwater.spi.CheckpointStore;
import io.headwater.spi.CheckpointStore.Checkpoint;
import io.headwater.spi.CheckpointStore.Lease;
import io.headwater.spi.RecordChange;
import io.headwater.spi.SubscriptionRecord;
import io.headwater.tck.catalogue.support.Boundaries;
import io.headwater.tck.catalogue.support.InPages;
import io.headwater.tck.catalogue.support.RuleLeases;
import io.headwater.tck.rule.Expect;
import io.headwater.tck.rule.RuleContext;
import io.headwater.tck.rule.RuleGroup;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Names of subscriptions, snapshots, records and metadata are plain text, each different from all others (P2). */
final class NameKindRules {
    private static final int CHANGES_AT_ONCE = 40;

    static final RuleGroup GROUP = RuleGroup.of(
            "names of every kind",
            must("P2.11", "subscriptions with similar names are distinguished", NameKindRules::subscriptions),
            must("P2.18", "owners of leases with names that differ a little are different", rule -> {
                CheckpointStore store = rule.checkpoints();
                String name = rule.name();
                List<String> owners = Boundaries.moreNames("o");
                for (int i = 0; i < owners.size(); i++) {
                    Lease lease = RuleLeases.acquired(store, name, owners.get(i), LONG);
                    Expect.equal("owner", owners.get(i), lease.owner());
                    Expect.equal(
                            "holder",
                            owners.get(i),
                            RuleLeases.holder(rule, name).lease().owner());
                    String next = owners.get((i + 1) % owners.size());
                    Expect.equal("lease for another", Optional.empty(), store.acquire(name, next, LONG));
                    store.release(lease);
                }
            }),
            must("P2.12", "subscriptions are listed in the order of code points", rule -> {
                List<String> names = Boundaries.names(rule.name());
                CheckpointStore store = rule.checkpoints();
                for (String name : names) {
                    store.save(store.acquire(name, "holder", LONG).orElseThrow(), 0, at(rule, 1));
                }
                List<String> sorted = names.stream().sorted(CodePoints::compare).toList();
                Expect.equal(
                        "subscriptions with checkpoints",
                        sorted,
                        only(names, store.list().stream().map(Checkpoint::subscription)));
                Expect.equal(
                        "subscriptions with holders",
                        sorted,
                        only(
                                names,
                                store.holders().stream()
                                        .map(held -> held.lease().subscription())));
                names.forEach(store::forget);
            }),
            must("P2.13", "snapshots with similar names are distinguished", rule -> {
                        StreamId stream = rule.stream();
                        Map<String, Snapshot> saved = new LinkedHashMap<>();
                        long version = 0;
                        for (String name : Boundaries.names("s")) {
                            Snapshot snapshot =
                                    new Snapshot(stream, name, ++version, Payload.json("\"" + version + "\""));
                            Expect.equal("saved", true, rule.snapshots().save(snapshot));
                            saved.put(name, snapshot);
                        }
                        rule.snapshots().delete(stream, "s");
                        saved.remove("s");
                        saved.forEach((name, snapshot) -> Expect.equal(
                                "snapshot '" + name + "'",
                                Optional.of(snapshot),
                                rule.snapshots().load(stream, name)));
                        Expect.equal(
                                "the deleted snapshot",
                                Optional.empty(),
                                rule.snapshots().load(stream, "s"));
                    })
                    .requires(Capability.SNAPSHOTS),
            must("P2.14", "snapshots of streams with similar names are distinguished", rule -> {
                        List<String> names = Boundaries.names(rule.name());
                        for (String name : names) {
                            Expect.equal("saved", true, rule.snapshots().save(snapshot(name)));
                        }
                        for (String name : names) {
                            Expect.equal(
                                    "snapshot of '" + name + "'",
                                    Optional.of(snapshot(name)),
                                    rule.snapshots().load(StreamId.of(name), "state"));
                        }
                    })
                    .requires(Capability.SNAPSHOTS),
            must("P2.17", "invalid names of subscriptions, owners, snapshots and records are refused", rule -> {
                CheckpointStore store = rule.checkpoints();
                String name = rule.name();
                for (String bad : RefusalRules.BAD_NAMES) {
                    refused("subscription", bad, () -> store.acquire(bad, "holder", LONG));
                    refused("subscription", bad, () -> store.load(bad));
                    refused("subscription", bad, () -> store.reset(bad, Position.START));
                    refused("subscription", bad, () -> SubscriptionOptions.durable(bad));
                    refused("owner", bad, () -> store.acquire(name, bad, LONG));
                    refused("key", bad, () -> store.change(name, List.of(note(bad, "1"))));
                    refused("snapshot", bad, () -> new Snapshot(rule.stream(), bad, 1, Payload.json("1")));
                    refused("kind", bad, () -> store.records(name, bad, "", 1));
                }
                for (String bad : List.of("two words", "a1", "a-b", "é", "x".repeat(41))) {
                    refused(
                            "kind",
                            bad,
                            () -> store.change(name, List.of(RecordChange.put(bad, "key", Metadata.none()))));
                }
            }),
            must("K2.42", "records with similar keys are distinguished, and listed in order", rule -> {
                String name = rule.name();
                List<String> keys = Boundaries.moreNames("k");
                for (int i = 0; i < keys.size(); i += CHANGES_AT_ONCE) {
                    rule.checkpoints().change(name, notes(keys, i, Math.min(keys.size(), i + CHANGES_AT_ONCE)));
                }
                rule.checkpoints().change(name, List.of(RecordChange.remove(NOTE, "k")));
                List<String> sorted =
                        keys.stream().skip(1).sorted(CodePoints::compare).toList();
                for (int limit : List.of(1, 7, 1000)) {
                    List<SubscriptionRecord> records = InPages.records(rule.checkpoints(), name, NOTE, limit);
                    Expect.equal("keys in pages of " + limit, sorted, keys(records));
                    records.forEach(record -> Expect.equal(
                            "text of '" + record.key() + "'",
                            Optional.of("" + keys.indexOf(record.key())),
                            record.fields().get("text")));
                }
            }),
            must("P1.13", "metadata may have any keys and values", rule -> {
                Map<String, String> entries = new LinkedHashMap<>();
                Boundaries.TEXTS.forEach(text -> entries.put(text, "value of " + text + "."));
                Boundaries.TEXTS.forEach(text -> entries.put("key of " + text, text));
                EventData event = rule.event().withMetadata(entries);
                StreamId stream = rule.stream();
                rule.store().append(stream, any(), event);
                RecordedEvent read = rule.store().readStream(stream).events().get(0);
                Expect.event("event", event, read);
                Expect.equal(
                        "keys",
                        List.copyOf(entries.keySet()),
                        List.copyOf(read.metadata().entries().keySet()));
                Expect.events("log", List.of(event), rule.logOf(stream));
            }));

    private NameKindRules() {}

    private static void refused(String what, String bad, Expect.Call call) {
        Expect.thrown(InvalidRequest.class, "%s '%s'".formatted(what, bad), call);
    }

    /** Records with these keys, each with its number. */
    private static List<RecordChange> notes(List<String> keys, int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(i -> note(keys.get(i), "" + i))
                .toList();
    }

    private static void subscriptions(RuleContext rule) {
        List<String> names = Boundaries.names(rule.name());
        CheckpointStore store = rule.checkpoints();
        List<Lease> leases = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i);
            Optional<Lease> lease = store.acquire(name, "holder of " + name, LONG);
            Expect.that(lease.isPresent(), "the lease of '" + name + "' is free, and was not given");
            store.save(lease.orElseThrow(), 0, at(rule, 1 + i % 10), List.of(note("key", name)));
            leases.add(lease.orElseThrow());
        }
        Expect.equal("forgotten", true, store.forget(names.get(0)));
        for (int i = 1; i < names.size(); i++) {
            isKept(rule, names.get(i), 1 + i % 10);
            store.release(leases.get(i));
        }
        names.forEach(store::forget);
    }

    private static void isKept(RuleContext rule, String name, int position) {
        CheckpointStore store = rule.checkpoints();
        Expect.equal(
                "holder of '" + name + "'",
                Optional.of("holder of " + name),
                store.holder(name).map(held -> held.lease().owner()));
        Expect.equal(
                "checkpoints of '" + name + "'",
                List.of(at(rule, position)),
                store.load(name).stream().map(Checkpoint::position).toList());
        Expect.equal(
                "records of '" + name + "'",
                List.of(Optional.of(name)),
                store.records(name, NOTE, "", 10).stream()
                        .map(record -> record.fields().get("text"))
                        .toList());
    }

    private static List<String> only(List<String> names, Stream<String> listed) {
        return listed.filter(names::contains).toList();
    }

    private static Snapshot snapshot(String stream) {
        return new Snapshot(StreamId.of(stream), "state", 1, Payload.binary(stream.getBytes(StandardCharsets.UTF_8)));
    }
}

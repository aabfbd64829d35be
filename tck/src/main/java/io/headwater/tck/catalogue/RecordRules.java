package io.headwater.tck.catalogue;

import static io.headwater.tck.catalogue.support.Records.NOTE;
import static io.headwater.tck.catalogue.support.Records.keys;
import static io.headwater.tck.catalogue.support.Records.note;
import static io.headwater.tck.catalogue.support.Records.notes;
import static io.headwater.tck.catalogue.support.Records.savesWith;
import static io.headwater.tck.catalogue.support.RuleLeases.LONG;
import static io.headwater.tck.catalogue.support.RuleLeases.at;
import static io.headwater.tck.catalogue.support.RuleLeases.lease;
import static io.headwater.tck.catalogue.support.RuleLeases.saves;
import static io.headwater.tck.rule.Rule.fault;
import static io.headwater.tck.rule.Rule.must;

import io.headwater.LimitExceeded;
import io.headwater.Metadata;
import io.headwater.spi.CheckpointStore;
import io.headwater.spi.CheckpointStore.Lease;
import io.headwater.spi.CheckpointStore.SaveResult;
import io.headwater.spi.RecordChange;
import io.headwater.spi.SubscriptionRecord;
import io.headwater.tck.rule.Expect;
import io.headwater.tck.rule.Need;
import io.headwater.tck.rule.RuleContext;
import io.headwater.tck.rule.RuleGroup;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Records of subscriptions: changed with the checkpoint or not at all, under the same fence (K2). */
final class RecordRules {
    private static final int MAX_BYTES = 64 << 10;
    private static final int MAX_CHANGES = 64;
    private static final int MAX_CHANGES_BYTES = 512 << 10;

    static final RuleGroup GROUP = RuleGroup.of(
            "records",
            must("K2.17", "records are saved with a checkpoint", rule -> {
                String name = rule.name();
                savesWith(SaveResult.SAVED, rule, lease(rule, name), 5, note("a", "1"), note("b", "2"));
                Expect.equal("records", Map.of("a", "1", "b", "2"), notes(rule.checkpoints(), name));
                Expect.equal(
                        "checkpoint",
                        at(rule, 5),
                        rule.checkpoints().load(name).get(0).position());
            }),
            must("K2.18", "a record replaces the one with its kind and key, even without progress", rule -> {
                String name = rule.name();
                Lease lease = lease(rule, name);
                savesWith(SaveResult.SAVED, rule, lease, 5, note("a", "1"), note("b", "1"));
                savesWith(SaveResult.SAVED, rule, lease, 5, note("a", "2"));
                Expect.equal("records", Map.of("a", "2", "b", "1"), notes(rule.checkpoints(), name));
            }),
            must("K2.19", "a removed record is gone, and the others remain", rule -> {
                String name = rule.name();
                Lease lease = lease(rule, name);
                savesWith(SaveResult.SAVED, rule, lease, 5, note("a", "1"), note("b", "2"));
                RecordChange gone = RecordChange.remove(NOTE, "a");
                savesWith(SaveResult.SAVED, rule, lease, 6, gone, RecordChange.remove(NOTE, "never"));
                Expect.equal("records", Map.of("b", "2"), notes(rule.checkpoints(), name));
            }),
            must("K2.20", "a save that would move the checkpoint back changes no record", rule -> {
                String name = rule.name();
                Lease lease = lease(rule, name);
                savesWith(SaveResult.SAVED, rule, lease, 9, note("a", "1"), note("b", "1"));
                RecordChange gone = RecordChange.remove(NOTE, "b");
                savesWith(SaveResult.BEHIND, rule, lease, 5, note("a", "2"), gone, note("c", "2"));
                Expect.equal("records", Map.of("a", "1", "b", "1"), notes(rule.checkpoints(), name));
            }),
            must("K2.21", "a fenced save changes no record", rule -> {
                String name = rule.name();
                Lease lost = lease(rule, name);
                savesWith(SaveResult.SAVED, rule, lease(rule, name), 5, note("a", "1"), note("b", "1"));
                RecordChange gone = RecordChange.remove(NOTE, "b");
                savesWith(SaveResult.FENCED, rule, lost, 9, note("a", "2"), gone, note("c", "2"));
                Expect.equal("records", Map.of("a", "1", "b", "1"), notes(rule.checkpoints(), name));
            }),
            must("K2.22", "the holder of the lease can change records without a checkpoint", rule -> {
                String name = rule.name();
                Lease lease = lease(rule, name);
                Expect.equal("changed", true, rule.checkpoints().change(lease, List.of(note("a", "1"))));
                Expect.equal("records", Map.of("a", "1"), notes(rule.checkpoints(), name));
                Expect.none("checkpoints", rule.checkpoints().load(name));
            }),
            must("K2.23", "a former holder cannot change records", rule -> {
                String name = rule.name();
                Lease lost = lease(rule, name);
                Expect.equal("changed", true, rule.checkpoints().change(lease(rule, name), List.of(note("a", "1"))));
                Expect.equal("changed", false, rule.checkpoints().change(lost, List.of(note("a", "2"))));
                Expect.equal("records", Map.of("a", "1"), notes(rule.checkpoints(), name));
            }),
            must("K2.24", "records can be changed without the lease, and its holder keeps it", rule -> {
                String name = rule.name();
                rule.checkpoints().change(name, List.of(note("a", "1")));
                Lease lease = lease(rule, name);
                rule.checkpoints().change(name, List.of(note("b", "2")));
                Expect.equal("records", Map.of("a", "1", "b", "2"), notes(rule.checkpoints(), name));
                saves(SaveResult.SAVED, rule, lease, 0, 5);
            }),
            must("K2.25", "records are listed by key, in the order of code points", rule -> {
                String name = rule.name();
                List<String> sorted = List.of("B", "Z", "a", "a b", "a-", "aa", "é", "\uFF5E", "\uD800\uDC00");
                for (String key : List.of("\uD800\uDC00", "aa", "Z", "\uFF5E", "a", "é", "a-", "B", "a b")) {
                    rule.checkpoints().change(name, List.of(note(key, "1")));
                }
                Expect.equal("keys", sorted, keys(rule.checkpoints().records(name, NOTE, "", 100)));
            }),
            must("K2.26", "a page of records begins after a key, and has no more than the limit", rule -> {
                String name = rule.name();
                rule.checkpoints()
                        .change(name, List.of(note("a", "1"), note("b", "1"), note("d", "1"), note("e", "1")));
                Expect.equal("first", List.of("a", "b"), page(rule, name, "", 2));
                Expect.equal("after a key", List.of("d"), page(rule, name, "b", 1));
                Expect.equal("after one that is not there", List.of("d", "e"), page(rule, name, "c", 2));
                Expect.equal("after the last", List.of(), page(rule, name, "e", 2));
            }),
            must("K2.27", "each subscription has its own records", rule -> {
                String one = rule.name();
                String two = rule.name();
                savesWith(SaveResult.SAVED, rule, lease(rule, one), 5, note("a", "1"));
                savesWith(SaveResult.SAVED, rule, lease(rule, two), 5, note("a", "2"), note("b", "2"));
                Expect.equal("records of the first", Map.of("a", "1"), notes(rule.checkpoints(), one));
                Expect.equal("records of the second", Map.of("a", "2", "b", "2"), notes(rule.checkpoints(), two));
            }),
            must("K2.51", "kinds of records that differ only in case are different", rule -> {
                String name = rule.name();
                List<String> kinds = List.of("note", "Note", "NOTE", "not", "notes");
                List<RecordChange> changes = kinds.stream()
                        .map(kind -> RecordChange.put(kind, "key", Metadata.of(Map.of("kind", kind))))
                        .toList();
                rule.checkpoints().change(name, changes);
                for (String kind : kinds) {
                    Expect.equal(
                            "records of kind " + kind,
                            List.of(new SubscriptionRecord(kind, "key", Metadata.of(Map.of("kind", kind)))),
                            rule.checkpoints().records(name, kind, "", 10));
                }
                rule.checkpoints().change(name, List.of(RecordChange.remove("Note", "key")));
                Expect.none("records of the removed kind", rule.checkpoints().records(name, "Note", "", 10));
                Expect.equal(
                        "records of the other kind",
                        1,
                        rule.checkpoints().records(name, "note", "", 10).size());
            }),
            must("K2.28", "each kind has its own records", rule -> {
                String name = rule.name();
                RecordChange other = RecordChange.put("other", "a", Metadata.of(Map.of("text", "2")));
                rule.checkpoints().change(name, List.of(note("a", "1"), note("b", "1"), other));
                rule.checkpoints().change(name, List.of(RecordChange.remove(NOTE, "b"), note("c", "1")));
                Expect.equal("records", Map.of("a", "1", "c", "1"), notes(rule.checkpoints(), name));
                List<SubscriptionRecord> others = rule.checkpoints().records(name, "other", "", 100);
                Expect.equal("kind of the other", "other", others.get(0).kind());
                Expect.equal("keys of the other kind", List.of("a"), keys(others));
            }),
            must("K2.29", "a record is returned as it was written, up to 64 KiB", rule -> {
                String name = rule.name();
                Metadata large = Metadata.of(Map.of("text", "x".repeat(MAX_BYTES - 11)));
                Expect.equal("bytes of the largest", MAX_BYTES, large.size());
                for (Metadata fields : List.of(large, Metadata.of(Map.of("ä\"", "\uD83D\uDE00")), Metadata.none())) {
                    rule.checkpoints().change(name, List.of(RecordChange.put(NOTE, "a", fields)));
                    Metadata read =
                            rule.checkpoints().records(name, NOTE, "", 1).get(0).fields();
                    Expect.equal("fields", hex(fields), hex(read));
                }
            }),
            must("K2.30", "64 changes of 512 KiB are made atomically; one more, or a byte more, is refused", rule -> {
                String name = rule.name();
                Lease lease = lease(rule, name);
                List<RecordChange> most = changes(MAX_CHANGES, MAX_CHANGES_BYTES);
                savesWith(SaveResult.SAVED, rule, lease, 5, most.toArray(RecordChange[]::new));
                isStored(rule, name, most);
                refuses(rule, lease, changes(MAX_CHANGES + 1, 8 << 10));
                refuses(rule, lease, changes(MAX_CHANGES, MAX_CHANGES_BYTES + 1));
                isStored(rule, name, most);
            }),
            must("K2.41", "the same number of changes is made without a checkpoint, and without the lease", rule -> {
                String name = rule.name();
                List<RecordChange> most = changes(MAX_CHANGES, MAX_CHANGES_BYTES);
                Expect.equal("changed", true, rule.checkpoints().change(lease(rule, name), most));
                isStored(rule, name, most);
                String other = rule.name();
                rule.checkpoints().change(other, most);
                isStored(rule, other, most);
            }),
            must("K2.31", "a reset removes the records", rule -> {
                String name = rule.name();
                savesWith(SaveResult.SAVED, rule, lease(rule, name), 5, note("a", "1"));
                Expect.equal("records", Map.of("a", "1"), notes(rule.checkpoints(), name));
                rule.checkpoints().reset(name, at(rule, 5));
                Expect.equal("records after the reset", Map.of(), notes(rule.checkpoints(), name));
            }),
            must("K2.32", "a forgotten subscription has no checkpoint and no record", rule -> {
                String name = rule.name();
                Lease lease = lease(rule, name);
                savesWith(SaveResult.SAVED, rule, lease, 5, note("a", "1"));
                saves(SaveResult.SAVED, rule, lease, 1, 6);
                Expect.equal("forgotten", true, rule.checkpoints().forget(name));
                Expect.none("checkpoints", rule.checkpoints().load(name));
                Expect.equal("records", Map.of(), notes(rule.checkpoints(), name));
            }),
            must("K2.33", "forget returns whether there was anything to forget", rule -> {
                String name = rule.name();
                Expect.equal(
                        "forgotten, nothing known", false, rule.checkpoints().forget(name));
                saves(SaveResult.SAVED, rule, lease(rule, name), 0, 5);
                Expect.equal("forgotten, a checkpoint", true, rule.checkpoints().forget(name));
                rule.checkpoints().change(name, List.of(note("a", "1")));
                Expect.equal("forgotten, a record", true, rule.checkpoints().forget(name));
                Expect.equal("forgotten again", false, rule.checkpoints().forget(name));
            }),
            must("K2.34", "forget revokes the lease, and a former holder stays fenced", rule -> {
                String name = rule.name();
                Lease lost = lease(rule, name);
                savesWith(SaveResult.SAVED, rule, lost, 5, note("a", "1"));
                rule.checkpoints().forget(name);
                isFenced(rule, rule.checkpoints(), lost);
                Lease next = rule.checkpoints().acquire(name, "another", LONG).orElseThrow();
                Expect.ascending("epochs", lost.epoch(), next.epoch());
                isFenced(rule, rule.checkpoints(), lost);
                saves(SaveResult.SAVED, rule, next, 0, 1);
            }),
            must("K2.35", "another instance sees records and can change them", rule -> {
                        String name = rule.name();
                        savesWith(SaveResult.SAVED, rule, lease(rule, name), 5, note("a", "1"));
                        CheckpointStore there = rule.facet(rule.another(), CheckpointStore.class);
                        Expect.equal("records there", Map.of("a", "1"), notes(there, name));
                        there.change(name, List.of(note("a", "2")));
                        Expect.equal("records here", Map.of("a", "2"), notes(rule.checkpoints(), name));
                    })
                    .needs(Need.SECOND_INSTANCE),
            fault("K2.36", "records remain after a restart, and the holder of a forgotten lease is fenced", rule -> {
                        String name = rule.name();
                        String forgotten = rule.name();
                        Lease lost = lease(rule, forgotten);
                        rule.checkpoints().forget(forgotten);
                        savesWith(SaveResult.SAVED, rule, lease(rule, name), 5, note("a", "1"));
                        CheckpointStore again = rule.facet(rule.restarted(), CheckpointStore.class);
                        Expect.equal("records", Map.of("a", "1"), notes(again, name));
                        isFenced(rule, again, lost);
                    })
                    .needs(Need.RESTART));

    private RecordRules() {}

    private static List<String> page(RuleContext rule, String subscription, String after, int limit) {
        return keys(rule.checkpoints().records(subscription, NOTE, after, limit));
    }

    /** Records that together count as exactly this many bytes. */
    private static List<RecordChange> changes(int count, int bytes) {
        int each = bytes / count;
        return IntStream.range(0, count)
                .mapToObj(i -> sized("key-" + (1000 + i), i == 0 ? bytes - each * (count - 1) : each))
                .toList();
    }

    /** A record whose kind, key and fields count as exactly this many bytes. */
    private static RecordChange sized(String key, int bytes) {
        return note(key, "x".repeat(bytes - note(key, "").size()));
    }

    private static void isStored(RuleContext rule, String subscription, List<RecordChange> changes) {
        List<SubscriptionRecord> stored = rule.checkpoints().records(subscription, NOTE, "", 2 * MAX_CHANGES);
        Expect.equal("keys", changes.stream().map(RecordChange::key).toList(), keys(stored));
        Expect.equal(
                "bytes of each",
                changes.stream().map(RecordChange::size).toList(),
                stored.stream()
                        .map(record -> RecordChange.put(NOTE, record.key(), record.fields())
                                .size())
                        .toList());
    }

    /** Refused alike with a checkpoint, without one, and without the lease; nothing is changed. */
    private static void refuses(RuleContext rule, Lease lease, List<RecordChange> changes) {
        String what = changes.size() + " changes";
        CheckpointStore store = rule.checkpoints();
        Expect.thrown(LimitExceeded.class, what + ", saved", () -> store.save(lease, 0, at(rule, 6), changes));
        Expect.thrown(LimitExceeded.class, what + " with the lease", () -> store.change(lease, changes));
        Expect.thrown(LimitExceeded.class, what, () -> store.change(lease.subscription(), changes));
        Expect.equal(
                "checkpoint",
                at(rule, 5),
                store.load(lease.subscription()).get(0).position());
    }

    private static String hex(Metadata fields) {
        return HexFormat.of().formatHex(fields.encoded());
    }

    private static void isFenced(RuleContext rule, CheckpointStore store, Lease lost) {
        Expect.equal("save", SaveResult.FENCED, store.save(lost, 0, at(rule, 9), List.of(note("lost", "1"))));
        Expect.equal("change", false, store.change(lost, List.of(note("lost", "1"))));
        Expect.equal("renewed", false, store.renew(lost, LONG));
        Expect.none("records", store.records(lost.subscription(), NOTE, "", 1));
    }
}

package io.headwater.tck.catalogue;

import static io.headwater.tck.rule.Rule.must;

import io.headwater.Capability;
import io.headwater.Payload;
import io.headwater.Snapshot;
import io.headwater.SnapshotStore;
import io.headwater.StreamId;
import io.headwater.tck.rule.Expect;
import io.headwater.tck.rule.Need;
import io.headwater.tck.rule.RuleContext;
import io.headwater.tck.rule.RuleGroup;
import java.util.Optional;

/** Snapshots (Z1). */
final class SnapshotRules {
    static final RuleGroup GROUP = RuleGroup.of(
                    "snapshots",
                    must(
                            "Z1.1",
                            "a stream has no snapshot before one is saved",
                            rule -> Expect.equal(
                                    "snapshot",
                                    Optional.empty(),
                                    rule.snapshots().load(rule.stream(), "state"))),
                    must("Z1.2", "a snapshot is returned as it was saved", rule -> {
                        Snapshot snapshot = snapshot(rule.stream(), "state", 7, bytes(rule, 3000));
                        Expect.equal("saved", true, rule.snapshots().save(snapshot));
                        loaded(rule, snapshot);
                    }),
                    must("Z1.3", "the content type of a snapshot is returned", rule -> {
                        Snapshot json = new Snapshot(rule.stream(), "state", 1, Payload.json("{ \"a\" : 1.0 }"));
                        rule.snapshots().save(json);
                        loaded(rule, json);
                    }),
                    must("Z1.4", "a later snapshot replaces an earlier one", rule -> {
                        StreamId stream = rule.stream();
                        rule.snapshots().save(snapshot(stream, "state", 7, bytes(rule, 10)));
                        Snapshot later = snapshot(stream, "state", 8, bytes(rule, 10));
                        Expect.equal("saved", true, rule.snapshots().save(later));
                        loaded(rule, later);
                    }),
                    must("Z1.5", "an earlier snapshot does not replace a later one", rule -> kept(rule, 7, 6)),
                    must("Z1.6", "a snapshot of the same version does not replace the first", rule -> kept(rule, 7, 7)),
                    must("Z1.7", "each name of a stream has its own snapshot", rule -> {
                        StreamId stream = rule.stream();
                        Snapshot one = snapshot(stream, "one", 7, bytes(rule, 10));
                        Snapshot two = snapshot(stream, "two", 3, bytes(rule, 10));
                        rule.snapshots().save(one);
                        rule.snapshots().save(two);
                        loaded(rule, one);
                        loaded(rule, two);
                    }),
                    must("Z1.8", "each stream has its own snapshot", rule -> {
                        Snapshot one = snapshot(rule.stream(), "state", 7, bytes(rule, 10));
                        Snapshot two = snapshot(rule.stream(), "state", 3, bytes(rule, 10));
                        rule.snapshots().save(one);
                        rule.snapshots().save(two);
                        loaded(rule, one);
                        loaded(rule, two);
                    }),
                    must("Z1.9", "a deleted snapshot is gone, and the others remain", rule -> {
                        StreamId stream = rule.stream();
                        Snapshot kept = snapshot(stream, "kept", 7, bytes(rule, 10));
                        rule.snapshots().save(kept);
                        rule.snapshots().save(snapshot(stream, "gone", 7, bytes(rule, 10)));
                        rule.snapshots().delete(stream, "gone");
                        Expect.equal(
                                "snapshot", Optional.empty(), rule.snapshots().load(stream, "gone"));
                        loaded(rule, kept);
                    }),
                    must("Z1.10", "an earlier snapshot can be saved after a delete", rule -> {
                        StreamId stream = rule.stream();
                        rule.snapshots().save(snapshot(stream, "state", 7, bytes(rule, 10)));
                        rule.snapshots().delete(stream, "state");
                        Snapshot earlier = snapshot(stream, "state", 2, bytes(rule, 10));
                        Expect.equal("saved", true, rule.snapshots().save(earlier));
                        loaded(rule, earlier);
                    }),
                    must("Z1.11", "deleting a snapshot that does not exist changes nothing", rule -> {
                        StreamId stream = rule.stream();
                        rule.snapshots().delete(stream, "state");
                        Expect.equal(
                                "snapshot", Optional.empty(), rule.snapshots().load(stream, "state"));
                    }),
                    must("Z1.12", "a snapshot may be as large as an event", rule -> {
                        Snapshot large = snapshot(rule.stream(), "state", 1, bytes(rule, 200 * 1024));
                        rule.snapshots().save(large);
                        loaded(rule, large);
                    }),
                    must("Z1.13", "another instance sees a snapshot", rule -> {
                                Snapshot snapshot = snapshot(rule.stream(), "state", 7, bytes(rule, 10));
                                rule.snapshots().save(snapshot);
                                SnapshotStore there = rule.facet(rule.another(), SnapshotStore.class);
                                Expect.equal("snapshot", Optional.of(snapshot), there.load(snapshot.stream(), "state"));
                            })
                            .needs(Need.SECOND_INSTANCE))
            .requires(Capability.SNAPSHOTS);

    private SnapshotRules() {}

    private static byte[] bytes(RuleContext rule, int size) {
        byte[] bytes = new byte[size];
        rule.random().nextBytes(bytes);
        return bytes;
    }

    private static Snapshot snapshot(StreamId stream, String name, long version, byte[] state) {
        return new Snapshot(stream, name, version, Payload.binary(state));
    }

    private static void loaded(RuleContext rule, Snapshot expected) {
        Optional<Snapshot> loaded = rule.snapshots().load(expected.stream(), expected.name());
        Expect.equal("snapshot '" + expected.name() + "'", Optional.of(expected), loaded);
    }

    private static void kept(RuleContext rule, long first, long second) {
        StreamId stream = rule.stream();
        Snapshot kept = snapshot(stream, "state", first, bytes(rule, 10));
        rule.snapshots().save(kept);
        Expect.equal("saved", false, rule.snapshots().save(snapshot(stream, "state", second, bytes(rule, 10))));
        loaded(rule, kept);
    }
}

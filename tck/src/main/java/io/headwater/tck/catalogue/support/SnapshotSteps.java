package io.headwater.tck.catalogue.support;

import io.headwater.EventStore;
import io.headwater.Payload;
import io.headwater.Snapshot;
import io.headwater.SnapshotStore;
import io.headwater.StreamId;
import io.headwater.tck.rule.Expect;
import io.headwater.tck.rule.RuleContext;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Snapshots of two names that are saved, replaced and deleted (Z1). */
public final class SnapshotSteps {
    private static final List<String> NAMES = List.of("state", "other");

    private final RuleContext rule;
    private final StreamId stream;
    private final Map<String, Snapshot> saved = new HashMap<>();

    public SnapshotSteps(RuleContext rule) {
        this.rule = rule;
        this.stream = rule.stream();
    }

    public List<StoreStep> steps() {
        return List.of(
                store -> saves(store, "state", 5),
                store -> saves(store, "other", 3),
                store -> saves(store, "state", 6),
                store -> {
                    isKnown(store);
                    snapshots(store).delete(stream, "state");
                    saved.remove("state");
                },
                store -> saves(store, "state", 1),
                this::isKnown);
    }

    private SnapshotStore snapshots(EventStore store) {
        return rule.facet(store, SnapshotStore.class);
    }

    private Snapshot snapshot(String name, long version) {
        return new Snapshot(
                stream, name, version, Payload.json("{\"n\": " + rule.random().nextInt() + "}"));
    }

    private void saves(EventStore store, String name, long version) {
        isKnown(store);
        Snapshot snapshot = snapshot(name, version);
        Expect.equal("saved version " + version, true, snapshots(store).save(snapshot));
        saved.put(name, snapshot);
    }

    private void isKnown(EventStore store) {
        for (String name : NAMES) {
            Optional<Snapshot> known = Optional.ofNullable(saved.get(name));
            Expect.equal("snapshot '" + name + "'", known, snapshots(store).load(stream, name));
            known.ifPresent(latest -> {
                Snapshot same = snapshot(name, latest.version());
                Expect.equal("saved the same version", false, snapshots(store).save(same));
                Expect.equal("snapshot '" + name + "'", known, snapshots(store).load(stream, name));
            });
        }
    }
}

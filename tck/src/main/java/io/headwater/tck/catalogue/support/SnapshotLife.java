package io.headwater.tck.catalogue.support;

import io.headwater.EventStore;
import io.headwater.Payload;
import io.headwater.Snapshot;
import io.headwater.SnapshotStore;
import io.headwater.StreamId;
import io.headwater.tck.rule.Expect;
import io.headwater.tck.rule.RuleContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/** Snapshots of a stream that are saved, replaced, deleted and saved again. Every answer is compared after every step (Z1). */
public final class SnapshotLife {
    private static final List<String> NAMES = List.of("state", "other", "s".repeat(100));
    private static final int LARGE = 70 << 10;

    private final RuleContext rule;
    private final StreamId stream;
    private final Map<String, Snapshot> saved = new TreeMap<>();

    public SnapshotLife(RuleContext rule, StreamId stream) {
        this.rule = rule;
        this.stream = stream;
    }

    /** This many lives of each. */
    public List<StoreStep> steps(int lives) {
        List<StoreStep> steps = new ArrayList<>();
        for (int life = 0; life < lives; life++) {
            for (String name : NAMES) {
                long begin = 1 + life * 7L;
                steps.add(store -> saves(store, name, begin, Payload.json("{\"n\": " + begin + "}")));
                steps.add(store -> saves(store, name, begin + 98, Payload.binary(new byte[0])));
                steps.add(store -> saves(store, name, begin + 99, Payload.binary(new byte[LARGE])));
                steps.add(store -> isOutdated(store, name));
                steps.add(store -> deletes(store, name));
            }
            for (String name : NAMES) {
                steps.add(store -> saves(store, name, 3, Payload.json("{}")));
            }
            for (String name : NAMES) {
                steps.add(store -> deletes(store, name));
                steps.add(store -> deletes(store, name));
            }
        }
        return steps;
    }

    private SnapshotStore of(EventStore store) {
        return rule.facet(store, SnapshotStore.class);
    }

    private void saves(EventStore store, String name, long version, Payload data) {
        Snapshot snapshot = new Snapshot(stream, name, version, data);
        Expect.equal("saved version " + version, true, of(store).save(snapshot));
        saved.put(name, snapshot);
        areKnown(store);
    }

    private void isOutdated(EventStore store, String name) {
        long latest = Objects.requireNonNull(saved.get(name)).version();
        for (long version : List.of(latest, latest - 1, 1L)) {
            Snapshot outdated = new Snapshot(stream, name, version, Payload.json("{}"));
            Expect.equal("saved version " + version, false, of(store).save(outdated));
            areKnown(store);
        }
    }

    private void deletes(EventStore store, String name) {
        of(store).delete(stream, name);
        saved.remove(name);
        areKnown(store);
    }

    /** Fails unless the store answers every question as known. */
    public void areKnown(EventStore store) {
        for (String name : NAMES) {
            Expect.equal(
                    "snapshot '" + name + "'",
                    Optional.ofNullable(saved.get(name)),
                    of(store).load(stream, name));
        }
    }
}

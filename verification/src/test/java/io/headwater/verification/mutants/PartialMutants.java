package io.headwater.verification.mutants;

import static io.headwater.verification.Proxies.altered;
import static io.headwater.verification.mutants.Mutant.ofCheckpoints;
import static io.headwater.verification.mutants.Mutant.ofFacet;
import static io.headwater.verification.mutants.Mutant.ofReadLog;

import io.headwater.Diagnostics;
import io.headwater.LogFilter;
import io.headwater.Snapshot;
import io.headwater.SnapshotStore;
import io.headwater.StreamId;
import io.headwater.spi.CheckpointStore;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What goes wrong for some names, filters and facts only. */
final class PartialMutants {
    private static final int PREFIX = 128;

    static final List<Mutant> ALL = List.of(
            ofReadLog(
                    "beside types a prefix is ignored",
                    (backend, from, direction, filter, limit) -> backend.readLog(
                            from,
                            direction,
                            filter.types().isEmpty() ? filter : new LogFilter(filter.categories(), filter.types(), ""),
                            limit),
                    "G6.23"),
            ofCheckpoints(
                    "owners of leases are the same without zeros before their numbers",
                    store -> altered(
                            CheckpointStore.class,
                            store,
                            "acquire",
                            args -> store.acquire(
                                    (String) args[0],
                                    ((String) args[1]).replaceAll("(?<![0-9])0+(?=[0-9])", ""),
                                    (Duration) args[2])),
                    "P2.18"),
            ofFacet(
                    "names of snapshots are compared in their first 128 characters",
                    SnapshotStore.class,
                    PartialMutants::ofPrefixes,
                    "Z1.17"),
            describingOnce(),
            ofFacet(
                    "the diagnostics count streams only",
                    Diagnostics.class,
                    diagnostics -> altered(Diagnostics.class, diagnostics, "describe", args -> {
                        Map<String, String> facts = new HashMap<>(diagnostics.describe());
                        facts.put("events", facts.getOrDefault("streams", ""));
                        return facts;
                    }),
                    "F3.2",
                    "F3.3",
                    "F3.4"));

    private PartialMutants() {}

    private static Mutant describingOnce() {
        Map<String, String> first = new ConcurrentHashMap<>();
        return ofFacet(
                "the diagnostics are those of the first call",
                Diagnostics.class,
                diagnostics -> altered(Diagnostics.class, diagnostics, "describe", args -> {
                    if (first.isEmpty()) {
                        first.putAll(diagnostics.describe());
                    }
                    return first;
                }),
                "F3.2");
    }

    private static String prefix(Object name) {
        String text = (String) name;
        return text.substring(0, Math.min(PREFIX, text.length()));
    }

    private static SnapshotStore ofPrefixes(SnapshotStore snapshots) {
        SnapshotStore saving = altered(SnapshotStore.class, snapshots, "save", args -> {
            Snapshot saved = (Snapshot) args[0];
            return snapshots.save(new Snapshot(saved.stream(), prefix(saved.name()), saved.version(), saved.data()));
        });
        SnapshotStore loading = altered(
                SnapshotStore.class,
                saving,
                "load",
                args -> snapshots
                        .load((StreamId) args[0], prefix(args[1]))
                        .map(found -> new Snapshot(found.stream(), (String) args[1], found.version(), found.data())));
        return altered(SnapshotStore.class, loading, "delete", args -> {
            snapshots.delete((StreamId) args[0], prefix(args[1]));
            return null;
        });
    }
}

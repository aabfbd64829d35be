package io.headwater.verification.mutants;

import static io.headwater.verification.Proxies.altered;
import static io.headwater.verification.mutants.Mutant.ofFacet;

import io.headwater.Diagnostics;
import io.headwater.Payload;
import io.headwater.Snapshot;
import io.headwater.SnapshotStore;
import io.headwater.StoreUnavailable;
import io.headwater.StreamCatalog;
import io.headwater.StreamCatalog.CategoryInfo;
import io.headwater.StreamCatalog.StreamInfo;
import io.headwater.StreamId;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;

/** Lists of streams and categories, snapshots and facts gone wrong (F1, F3, Z1). */
final class CatalogMutants {
    private static final StreamId SHARED = StreamId.of("shared");

    static final List<Mutant> ALL = List.of(
            ofStreams(
                    "one event less is counted",
                    streams -> streams.stream()
                            .map(info -> new StreamInfo(info.stream(), info.version(), info.events() - 1, info.state()))
                            .toList(),
                    "F1.1"),
            ofStreams(
                    "streams are sorted as UTF-16",
                    streams -> streams.stream()
                            .sorted(Comparator.comparing(info -> info.stream().value()))
                            .toList(),
                    "F1.2"),
            ofCatalog(
                    "the next page of streams leaves one out",
                    "streams",
                    (catalog, args) -> catalog.streams((String) args[0], start(args), (Integer) args[2]).stream()
                            .skip(start(args).isPresent() ? 1 : 0)
                            .toList(),
                    "F1.3"),
            ofCatalog(
                    "a prefix of streams folds case",
                    "streams",
                    (catalog, args) -> catalog.streams("", Optional.empty(), 100_000).stream()
                            .filter(info -> info.stream()
                                    .value()
                                    .regionMatches(true, 0, (String) args[0], 0, ((String) args[0]).length()))
                            .toList(),
                    "F1.4"),
            ofCatalog(
                    "streams are counted as events",
                    "categories",
                    (catalog, args) -> catalog.categories().stream()
                            .map(info -> new CategoryInfo(info.name(), info.streams(), info.streams()))
                            .toList(),
                    "F1.9"),
            ofCatalog(
                    "categories are sorted as UTF-16",
                    "categories",
                    (catalog, args) -> catalog.categories().stream()
                            .sorted(Comparator.comparing(CategoryInfo::name))
                            .toList(),
                    "F1.10"),
            ofFacet("there are no facts", Diagnostics.class, facts -> Map::of, "F3.1"),
            ofSnapshots(
                    "a stream without a snapshot has an empty one",
                    "load",
                    (snapshots, args) -> snapshots
                            .load((StreamId) args[0], (String) args[1])
                            .or(() -> Optional.of(
                                    new Snapshot((StreamId) args[0], (String) args[1], 1, Payload.json("{}")))),
                    "Z1.1"),
            ofSnapshots(
                    "a snapshot loses its content type",
                    "load",
                    (snapshots, args) -> snapshots
                            .load((StreamId) args[0], (String) args[1])
                            .map(found -> new Snapshot(
                                    found.stream(),
                                    found.name(),
                                    found.version(),
                                    Payload.binary(found.data().bytes()))),
                    "Z1.3"),
            ofSnapshots(
                    "the first snapshot stays",
                    "save",
                    (snapshots, args) -> {
                        Snapshot snapshot = (Snapshot) args[0];
                        return snapshots
                                        .load(snapshot.stream(), snapshot.name())
                                        .isEmpty()
                                && snapshots.save(snapshot);
                    },
                    "Z1.4"),
            ofFacet(
                    "all streams share a snapshot",
                    SnapshotStore.class,
                    snapshots -> altered(SnapshotStore.class, sharing(snapshots), "delete", args -> null),
                    "Z1.8"),
            ofSnapshots(
                    "deleting a snapshot that is not there fails",
                    "delete",
                    (snapshots, args) -> {
                        Snapshot deleted = snapshots
                                .load((StreamId) args[0], (String) args[1])
                                .orElseThrow();
                        snapshots.delete(deleted.stream(), deleted.name());
                        return true;
                    },
                    "Z1.11"),
            ofSnapshots(
                    "snapshots are small",
                    "save",
                    (snapshots, args) -> {
                        if (((Snapshot) args[0]).data().size() > 100_000) {
                            throw new StoreUnavailable("too large for the column", null);
                        }
                        return snapshots.save((Snapshot) args[0]);
                    },
                    "Z1.12"));

    private CatalogMutants() {}

    private static Mutant ofCatalog(
            String name, String method, BiFunction<StreamCatalog, Object[], Object> instead, String... killers) {
        return ofFacet(
                name,
                StreamCatalog.class,
                catalog -> altered(StreamCatalog.class, catalog, method, args -> instead.apply(catalog, args)),
                killers);
    }

    @SuppressWarnings("unchecked")
    private static Optional<StreamId> start(Object[] arguments) {
        return (Optional<StreamId>) arguments[1];
    }

    private static Mutant ofStreams(String name, UnaryOperator<List<StreamInfo>> change, String... killers) {
        return ofCatalog(
                name,
                "streams",
                (catalog, args) -> change.apply(catalog.streams((String) args[0], start(args), (Integer) args[2])),
                killers);
    }

    private static Mutant ofSnapshots(
            String name, String method, BiFunction<SnapshotStore, Object[], Object> instead, String... killers) {
        return ofFacet(
                name,
                SnapshotStore.class,
                snapshots -> altered(SnapshotStore.class, snapshots, method, args -> instead.apply(snapshots, args)),
                killers);
    }

    private static SnapshotStore sharing(SnapshotStore snapshots) {
        SnapshotStore saving = altered(SnapshotStore.class, snapshots, "save", args -> {
            Snapshot snapshot = (Snapshot) args[0];
            return snapshots.save(new Snapshot(SHARED, snapshot.name(), snapshot.version(), snapshot.data()));
        });
        return altered(
                SnapshotStore.class,
                saving,
                "load",
                args -> snapshots
                        .load(SHARED, (String) args[1])
                        .map(found -> new Snapshot((StreamId) args[0], found.name(), found.version(), found.data())));
    }
}

package io.headwater.verification.mutants;

import static io.headwater.verification.Proxies.altered;
import static io.headwater.verification.mutants.Mutant.ofCheckpoints;
import static io.headwater.verification.mutants.Mutant.ofFacet;
import static io.headwater.verification.mutants.Mutant.ofReadLog;
import static io.headwater.verification.mutants.Mutant.ofReadStream;

import io.headwater.LogFilter;
import io.headwater.Payload;
import io.headwater.Snapshot;
import io.headwater.SnapshotStore;
import io.headwater.StreamCatalog;
import io.headwater.StreamCatalog.CategoryInfo;
import io.headwater.StreamId;
import io.headwater.spi.CheckpointStore;
import io.headwater.spi.CheckpointStore.Checkpoint;
import io.headwater.spi.RecordChange;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Keys that are joined of several names, names that are cut off or hashed, lists that are joined. */
final class KeyMutants {
    private static final int BYTES = 255;
    private static final StreamId JOINED = StreamId.of("joined");
    private static final Map<Integer, StreamId> FIRST_OF_HASH = new ConcurrentHashMap<>();

    static final List<Mutant> ALL = List.of(
            ofSnapshots(
                    "the key of a snapshot is its stream and its name, joined",
                    named -> new Snapshot(JOINED, hash(named.stream() + named.name()), named.version(), named.data()),
                    "Z1.20"),
            ofSnapshots(
                    "names of snapshots are cut off after 255 bytes",
                    named -> new Snapshot(named.stream(), cut(named.name()), named.version(), named.data()),
                    "P2.22"),
            ofCheckpoints(
                    "the key of a record is its kind and its key, joined",
                    store -> altered(CheckpointStore.class, store, "change", args -> {
                        if (args[0] instanceof String subscription) {
                            store.change(subscription, replacing(changes(args[1])));
                            return true;
                        }
                        return store.change((CheckpointStore.Lease) args[0], changes(args[1]));
                    }),
                    "K2.54"),
            ofCheckpoints(
                    "the key of a checkpoint is its subscription and its partition, joined",
                    store -> altered(
                            CheckpointStore.class,
                            store,
                            "load",
                            args -> store.load((String) args[0]).stream()
                                    .filter(saved -> isLatest(saved, store.list()))
                                    .toList()),
                    "K2.55"),
            ofCheckpoints(
                    "names of owners are cut off after 255 bytes",
                    store -> altered(
                            CheckpointStore.class,
                            store,
                            "acquire",
                            args -> store.acquire((String) args[0], cut((String) args[1]), (Duration) args[2])),
                    "P2.21"),
            ofReadLog(
                    "types of a filter are joined by commas",
                    (backend, from, direction, filter, limit) -> backend.readLog(
                            from,
                            direction,
                            new LogFilter(filter.categories(), split(filter.types()), filter.streamPrefix()),
                            limit),
                    "G6.27"),
            ofReadLog(
                    "a filter compares 255 bytes of a type",
                    (backend, from, direction, filter, limit) -> ReadMutants.only(
                            backend.readLog(
                                    from,
                                    direction,
                                    new LogFilter(filter.categories(), Set.of(), filter.streamPrefix()),
                                    limit),
                            event -> filter.types().isEmpty()
                                    || filter.types().stream()
                                            .anyMatch(type -> cut(type).equals(cut(event.type())))),
                    "G6.28"),
            ofFacet(
                    "a prefix of the catalog is cut off after 255 bytes",
                    StreamCatalog.class,
                    catalog -> altered(
                            StreamCatalog.class,
                            catalog,
                            "streams",
                            args -> catalog.streams(cut((String) args[0]), after(args[1]), (Integer) args[2])),
                    "F1.17"),
            ofFacet(
                    "streams without a category are in one without a name",
                    StreamCatalog.class,
                    catalog -> altered(StreamCatalog.class, catalog, "categories", args -> {
                        List<CategoryInfo> all = new ArrayList<>(List.of(new CategoryInfo("", 1, 1)));
                        all.addAll(catalog.categories());
                        return all;
                    }),
                    "F1.18"),
            ofReadStream(
                    "streams are found by a hash of their name",
                    (backend, stream, direction, from, limit) -> backend.readStream(
                            FIRST_OF_HASH.computeIfAbsent(stream.value().hashCode(), first -> stream),
                            direction,
                            from,
                            limit),
                    "P2.1"));

    private KeyMutants() {}

    private static String hash(String text) {
        return UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8)).toString();
    }

    private static String cut(String name) {
        String left = name;
        while (left.getBytes(StandardCharsets.UTF_8).length > BYTES) {
            left = left.substring(0, left.offsetByCodePoints(left.length(), -1));
        }
        return left;
    }

    private static Set<String> split(Set<String> names) {
        return names.stream().flatMap(name -> Stream.of(name.split(",", -1))).collect(Collectors.toSet());
    }

    /** Snapshots that are kept under the stream and the name of another. */
    private static Mutant ofSnapshots(String name, UnaryOperator<Snapshot> kept, String... killers) {
        return ofFacet(
                name,
                SnapshotStore.class,
                store -> new SnapshotStore() {
                    private Snapshot kept(StreamId stream, String snapshot) {
                        return kept.apply(new Snapshot(stream, snapshot, 1, Payload.json("1")));
                    }

                    @Override
                    public boolean save(Snapshot snapshot) {
                        return store.save(kept.apply(snapshot));
                    }

                    @Override
                    public Optional<Snapshot> load(StreamId stream, String snapshot) {
                        Snapshot key = kept(stream, snapshot);
                        return store.load(key.stream(), key.name())
                                .map(found -> new Snapshot(stream, snapshot, found.version(), found.data()));
                    }

                    @Override
                    public void delete(StreamId stream, String snapshot) {
                        Snapshot key = kept(stream, snapshot);
                        store.delete(key.stream(), key.name());
                    }
                },
                killers);
    }

    @SuppressWarnings("unchecked")
    private static List<RecordChange> changes(Object list) {
        return (List<RecordChange>) list;
    }

    /** What is written replaces all that reads the same. */
    private static List<RecordChange> replacing(List<RecordChange> changes) {
        List<RecordChange> all = new ArrayList<>();
        for (RecordChange change : changes) {
            String joined = change.kind() + change.key();
            for (int length = 1; length < change.kind().length(); length++) {
                all.add(RecordChange.remove(joined.substring(0, length), joined.substring(length)));
            }
            if (change.key().matches("[a-zA-Z]{2,5}")) {
                all.add(RecordChange.remove(
                        change.kind() + change.key().charAt(0), change.key().substring(1)));
            }
            all.add(change);
        }
        return all;
    }

    private static boolean isLatest(Checkpoint saved, List<Checkpoint> all) {
        return all.stream()
                .filter(other -> !other.subscription().equals(saved.subscription()))
                .filter(other ->
                        (other.subscription() + other.partition()).equals(saved.subscription() + saved.partition()))
                .noneMatch(other -> other.savedAt().isAfter(saved.savedAt()));
    }

    @SuppressWarnings("unchecked")
    private static Optional<StreamId> after(Object stream) {
        return (Optional<StreamId>) stream;
    }
}

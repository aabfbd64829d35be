package io.headwater.verification.mutants;

import static io.headwater.verification.Proxies.altered;

import io.headwater.AppendRequest;
import io.headwater.BulkImport;
import io.headwater.ExpectedVersion;
import io.headwater.Snapshot;
import io.headwater.SnapshotStore;
import io.headwater.StreamAdmin;
import io.headwater.StreamId;
import io.headwater.memory.ForwardingBackend;
import io.headwater.spi.Backend;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** What goes wrong only where one part of a store meets another: for scripts that combine them (T5). */
final class CombinationMutants {
    static final List<Mutant> OF_ONE_INSTANCE = List.of(
            Mutant.of(
                    "hiding events deletes the snapshots of their stream", new String[] {"T5.1"}, LosingSnapshots::new),
            Mutant.ofFacet(
                    "an import does not make checks",
                    BulkImport.class,
                    bulk -> requests -> bulk.appendAll(requests.stream()
                            .map(request -> new AppendRequest(request.writes(), List.of()))
                            .toList()),
                    "T5.2"));

    static final List<Mutant> OF_TWO_INSTANCES =
            List.of(Mutant.of("an instance keeps the snapshots that it loaded", new String[] {"T5.3"}, Caching::new));

    private CombinationMutants() {}

    private static final class LosingSnapshots extends ForwardingBackend {
        LosingSnapshots(Backend sound) {
            super(sound);
        }

        @Override
        public <T> Optional<T> facet(Class<T> type) {
            return type == StreamAdmin.class
                    ? sound.facet(StreamAdmin.class).map(admin -> type.cast(losing(admin)))
                    : sound.facet(type);
        }

        private StreamAdmin losing(StreamAdmin admin) {
            StreamAdmin deleting = altered(StreamAdmin.class, admin, "delete", args -> {
                admin.delete((StreamId) args[0], (ExpectedVersion) args[1]);
                return lose(args[0]);
            });
            StreamAdmin ending = altered(StreamAdmin.class, deleting, "tombstone", args -> {
                admin.tombstone((StreamId) args[0], (ExpectedVersion) args[1]);
                return lose(args[0]);
            });
            return altered(StreamAdmin.class, ending, "truncateBefore", args -> {
                admin.truncateBefore((StreamId) args[0], (Long) args[1]);
                return lose(args[0]);
            });
        }

        private Object lose(Object stream) {
            sound.facet(SnapshotStore.class).orElseThrow().delete((StreamId) stream, "state");
            return true;
        }
    }

    private static final class Caching extends ForwardingBackend {
        private final Map<List<String>, Optional<Snapshot>> loaded = new ConcurrentHashMap<>();

        Caching(Backend sound) {
            super(sound);
        }

        @Override
        public <T> Optional<T> facet(Class<T> type) {
            return type == SnapshotStore.class
                    ? sound.facet(SnapshotStore.class).map(snapshots -> type.cast(caching(snapshots)))
                    : sound.facet(type);
        }

        private SnapshotStore caching(SnapshotStore snapshots) {
            SnapshotStore saving = altered(SnapshotStore.class, snapshots, "save", args -> {
                Snapshot snapshot = (Snapshot) args[0];
                loaded.remove(key(snapshot.stream(), snapshot.name()));
                return snapshots.save(snapshot);
            });
            SnapshotStore deleting = altered(SnapshotStore.class, saving, "delete", args -> {
                loaded.remove(key(args[0], args[1]));
                snapshots.delete((StreamId) args[0], (String) args[1]);
                return null;
            });
            return altered(
                    SnapshotStore.class,
                    deleting,
                    "load",
                    args -> loaded.computeIfAbsent(
                            key(args[0], args[1]), absent -> snapshots.load((StreamId) args[0], (String) args[1])));
        }

        private static List<String> key(Object stream, Object name) {
            return List.of(stream.toString(), name.toString());
        }
    }
}

package io.headwater.verification.mutants;

import static io.headwater.verification.Proxies.altered;
import static io.headwater.verification.mutants.Mutant.ofCheckpoints;
import static io.headwater.verification.mutants.Mutant.ofFacet;

import io.headwater.ExpectedVersion;
import io.headwater.Position;
import io.headwater.Snapshot;
import io.headwater.SnapshotStore;
import io.headwater.StreamAdmin;
import io.headwater.StreamId;
import io.headwater.memory.ForwardingBackend;
import io.headwater.spi.Backend;
import io.headwater.spi.CheckpointStore;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** What goes wrong in a second life, or in an instance that was opened later. */
final class LifeMutants {
    static final List<Mutant> ALL = List.of(
            resetOnce(), truncatingUntilEmptied(), deletingSnapshotsOnce(), rememberingSnapshots(), renewingAtFirst());

    private LifeMutants() {}

    /** Each instance keeps what it loaded until it saves or deletes. */
    private static Mutant rememberingSnapshots() {
        Map<SnapshotStore, Map<Object, Object>> loaded = new ConcurrentHashMap<>();
        return ofFacet(
                "a store keeps the snapshots that it loaded until it writes one",
                SnapshotStore.class,
                snapshots -> {
                    Map<Object, Object> own = loaded.computeIfAbsent(snapshots, first -> new ConcurrentHashMap<>());
                    SnapshotStore saving = altered(SnapshotStore.class, snapshots, "save", args -> {
                        own.clear();
                        return snapshots.save((Snapshot) args[0]);
                    });
                    SnapshotStore deleting = altered(SnapshotStore.class, saving, "delete", args -> {
                        own.clear();
                        snapshots.delete((StreamId) args[0], (String) args[1]);
                        return true;
                    });
                    return altered(
                            SnapshotStore.class,
                            deleting,
                            "load",
                            args -> own.computeIfAbsent(
                                    List.of(args), first -> snapshots.load((StreamId) args[0], (String) args[1])));
                },
                "L6.23");
    }

    /** Those that are opened later count no renewals. */
    private static Mutant renewingAtFirst() {
        Set<Backend> opened = ConcurrentHashMap.newKeySet();
        return Mutant.of("only the first store renews leases", new String[] {"L6.22"}, backend -> {
            opened.add(backend);
            boolean first = opened.size() == 1;
            return new ForwardingBackend(backend) {
                @Override
                public CheckpointStore checkpoints() {
                    CheckpointStore sound = backend.checkpoints();
                    return first ? sound : altered(CheckpointStore.class, sound, "renew", args -> true);
                }
            };
        });
    }

    private static Mutant resetOnce() {
        Set<Object> done = ConcurrentHashMap.newKeySet();
        return ofCheckpoints(
                "a subscription is reset once only",
                store -> altered(CheckpointStore.class, store, "reset", args -> {
                    if (done.add(args[0])) {
                        store.reset((String) args[0], (Position) args[1]);
                    }
                    return null;
                }),
                "K2.45",
                "K2.46",
                "K2.47");
    }

    private static Mutant truncatingUntilEmptied() {
        Set<Object> emptied = ConcurrentHashMap.newKeySet();
        return ofFacet(
                "a stream that was deleted before is not truncated",
                StreamAdmin.class,
                admin -> altered(
                        StreamAdmin.class,
                        altered(StreamAdmin.class, admin, "delete", args -> {
                            admin.delete((StreamId) args[0], (ExpectedVersion) args[1]);
                            return emptied.add(args[0]);
                        }),
                        "truncateBefore",
                        args -> {
                            if (!emptied.contains(args[0])) {
                                admin.truncateBefore((StreamId) args[0], (Long) args[1]);
                            }
                            return null;
                        }),
                "D1.17");
    }

    private static Mutant deletingSnapshotsOnce() {
        Set<Object> done = ConcurrentHashMap.newKeySet();
        return ofFacet(
                "a snapshot is deleted once only",
                SnapshotStore.class,
                snapshots -> altered(SnapshotStore.class, snapshots, "delete", args -> {
                    if (done.add(List.of(args))) {
                        snapshots.delete((StreamId) args[0], (String) args[1]);
                    }
                    return null;
                }),
                "Z1.16");
    }
}

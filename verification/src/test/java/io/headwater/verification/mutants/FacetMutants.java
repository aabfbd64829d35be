package io.headwater.verification.mutants;

import static io.headwater.verification.Proxies.altered;
import static io.headwater.verification.mutants.Mutant.ofCheckpoints;
import static io.headwater.verification.mutants.Mutant.ofFacet;

import io.headwater.AppendOutcome;
import io.headwater.AppendRequest;
import io.headwater.BulkImport;
import io.headwater.ExpectedVersion;
import io.headwater.Position;
import io.headwater.Scavenger;
import io.headwater.Snapshot;
import io.headwater.SnapshotStore;
import io.headwater.StreamAdmin;
import io.headwater.StreamId;
import io.headwater.memory.ForwardingBackend;
import io.headwater.spi.CheckpointStore;
import io.headwater.spi.CheckpointStore.Lease;
import io.headwater.spi.CheckpointStore.SaveResult;
import io.headwater.spi.RecordChange;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/** Facets, checkpoints and the store's life gone wrong (D, K, Z, E, L). */
final class FacetMutants {
    static final List<Mutant> ALL = List.of(
            ofFacet(
                    "delete does nothing",
                    StreamAdmin.class,
                    admin -> altered(StreamAdmin.class, admin, "delete", args -> null),
                    "D1.11",
                    "D1.13",
                    "D1.14",
                    "D2.11",
                    "F1.5",
                    "D1.1",
                    "D1.3",
                    "D1.9"),
            ofFacet(
                    "delete ignores the expectation",
                    StreamAdmin.class,
                    admin -> altered(StreamAdmin.class, admin, "delete", args -> {
                        admin.delete((StreamId) args[0], ExpectedVersion.any());
                        return null;
                    }),
                    "D1.10",
                    "D1.12"),
            ofFacet(
                    "tombstone only deletes",
                    StreamAdmin.class,
                    admin -> altered(StreamAdmin.class, admin, "tombstone", args -> {
                        admin.delete((StreamId) args[0], (ExpectedVersion) args[1]);
                        return null;
                    }),
                    "D2.3",
                    "D2.5",
                    "D2.8",
                    "D2.10",
                    "F1.6",
                    "D4.10",
                    "E1.4",
                    "D2.1",
                    "D2.2",
                    "D2.4",
                    "D2.6"),
            ofFacet(
                    "truncation is off by one",
                    StreamAdmin.class,
                    admin -> altered(StreamAdmin.class, admin, "truncateBefore", args -> {
                        admin.truncateBefore((StreamId) args[0], (Long) args[1] + 1);
                        return null;
                    }),
                    "F1.7",
                    "D3.2",
                    "D3.5",
                    "D3.7",
                    "D3.1",
                    "D3.9"),
            ofFacet(
                    "scavenging removes nothing",
                    Scavenger.class,
                    scavenger -> () -> 0,
                    "D4.7",
                    "D4.4",
                    "D4.5",
                    "D4.6",
                    "D4.11"),
            ofFacet(
                    "an earlier snapshot replaces a later one",
                    SnapshotStore.class,
                    snapshots -> altered(SnapshotStore.class, snapshots, "save", args -> {
                        Snapshot snapshot = (Snapshot) args[0];
                        snapshots.delete(snapshot.stream(), snapshot.name());
                        return snapshots.save(snapshot);
                    }),
                    "Z1.5",
                    "Z1.6"),
            ofFacet(
                    "snapshots are not kept by name",
                    SnapshotStore.class,
                    snapshots -> altered(SnapshotStore.class, snapshots, "save", args -> {
                        Snapshot s = (Snapshot) args[0];
                        return snapshots.save(new Snapshot(s.stream(), "state", s.version(), s.data()));
                    }),
                    "Z1.9",
                    "Z1.7"),
            ofFacet(
                    "an import goes on after a conflict",
                    BulkImport.class,
                    bulk -> requests -> {
                        List<AppendOutcome> outcomes = new ArrayList<>();
                        for (AppendRequest request : requests) {
                            outcomes.addAll(bulk.appendAll(List.of(request)));
                        }
                        return outcomes;
                    },
                    "F2.4"),
            ofFacet(
                    "an import is made backwards",
                    BulkImport.class,
                    bulk -> requests -> {
                        List<AppendRequest> reversed = new ArrayList<>(requests);
                        Collections.reverse(reversed);
                        return bulk.appendAll(reversed);
                    },
                    "F2.5",
                    "F2.6",
                    "F2.8",
                    "F2.1",
                    "F2.2"),
            ofCheckpoints(
                    "a lease is held by two",
                    store -> altered(
                            CheckpointStore.class,
                            store,
                            "acquire",
                            args -> Optional.of(new Lease((String) args[0], (String) args[1], 1))),
                    "K3.4",
                    "K3.9",
                    "K3.1",
                    "K3.2",
                    "K3.11"),
            ofCheckpoints(
                    "a lease never runs out",
                    store -> altered(
                            CheckpointStore.class,
                            store,
                            "acquire",
                            args -> store.acquire((String) args[0], (String) args[1], Duration.ofDays(1))),
                    "K3.6",
                    "K3.20"),
            ofCheckpoints(
                    "a lease is not released",
                    store -> altered(CheckpointStore.class, store, "release", args -> null),
                    "K2.9",
                    "K3.5",
                    "K3.10",
                    "K3.14"),
            ofCheckpoints(
                    "a renewed lease keeps its old term",
                    store -> altered(CheckpointStore.class, store, "renew", args -> true),
                    "K3.7",
                    "K2.12"),
            ofCheckpoints(
                    "a checkpoint goes back",
                    store -> altered(CheckpointStore.class, store, "save", args -> {
                        SaveResult result =
                                store.save((Lease) args[0], (Integer) args[1], (Position) args[2], changes(args[3]));
                        if (result == SaveResult.BEHIND) {
                            store.reset(((Lease) args[0]).subscription(), (Position) args[2]);
                            return SaveResult.SAVED;
                        }
                        return result;
                    }),
                    "K2.8",
                    "K2.4"),
            ofCheckpoints(
                    "a checkpoint is shared by all partitions",
                    store -> altered(
                            CheckpointStore.class,
                            store,
                            "save",
                            args -> store.save((Lease) args[0], 0, (Position) args[2], changes(args[3]))),
                    "K2.14",
                    "K2.6"),
            ofCheckpoints(
                    "a reset leaves the lease",
                    store -> altered(CheckpointStore.class, store, "reset", args -> {
                        Lease lease = store.acquire((String) args[0], "holder", Duration.ofDays(1))
                                .orElseThrow();
                        store.save(lease, 0, (Position) args[1]);
                        return null;
                    }),
                    "K2.11",
                    "K2.12"),
            Mutant.of("a store leaves a thread behind", new String[] {"L2.4"}, backend -> {
                Thread thread = new Thread(FacetMutants::waitForEver, "leaked");
                thread.setDaemon(true);
                thread.start();
                return new ForwardingBackend(backend);
            }));

    private FacetMutants() {}

    @SuppressWarnings("unchecked")
    static List<RecordChange> changes(Object argument) {
        return (List<RecordChange>) argument;
    }

    private static void waitForEver() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

package io.headwater.verification.mutants;

import static io.headwater.verification.Proxies.altered;
import static io.headwater.verification.mutants.Mutant.ofAppend;
import static io.headwater.verification.mutants.Mutant.ofCheckpoints;
import static io.headwater.verification.mutants.Mutant.ofFacet;
import static io.headwater.verification.mutants.Mutant.ofReadLog;

import io.headwater.AppendOutcome;
import io.headwater.AppendRequest;
import io.headwater.AppendResult;
import io.headwater.BulkImport;
import io.headwater.Diagnostics;
import io.headwater.ExpectedVersion;
import io.headwater.LogFilter;
import io.headwater.Position;
import io.headwater.Snapshot;
import io.headwater.SnapshotStore;
import io.headwater.StreamAdmin;
import io.headwater.StreamCatalog;
import io.headwater.StreamId;
import io.headwater.memory.ForwardingBackend;
import io.headwater.spi.Backend;
import io.headwater.spi.CheckpointStore;
import io.headwater.spi.CheckpointStore.Lease;
import io.headwater.spi.HeldAppend;
import io.headwater.spi.HeldAppends;
import io.headwater.verification.Proxies;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** What goes wrong in a second life only, behind the first hundreds of names, beside other calls, or for one kind of append. */
final class LifeMutants {
    private static final int PAGE = 256;
    private static final int PREFIX = 128;
    private static final int MANY_WRITES = 10;

    static final List<Mutant> ALL = List.of(
            resetOnce(),
            ofCheckpoints(
                    "at most 256 checkpoints are listed",
                    store -> altered(CheckpointStore.class, store, "list", args -> first(store.list())),
                    "K2.48"),
            ofCheckpoints(
                    "at most 256 records are on a page",
                    store -> altered(
                            CheckpointStore.class,
                            store,
                            "records",
                            args -> first(store.records(
                                    (String) args[0], (String) args[1], (String) args[2], (Integer) args[3]))),
                    "K2.50"),
            ofCheckpoints(
                    "at most 256 leases are renewed at once",
                    store -> altered(CheckpointStore.class, store, "renewAll", args -> renewedFirst(store, args)),
                    "K3.52"),
            losingReleases(new Beside()),
            truncatingUntilEmptied(),
            ofFacet(
                    "an import expects nothing of a stream beyond version 5",
                    BulkImport.class,
                    bulk -> altered(
                            BulkImport.class,
                            bulk,
                            "appendAll",
                            args -> bulk.appendAll(requests(args[0]).stream()
                                    .map(LifeMutants::careless)
                                    .toList())),
                    "F2.14"),
            ofFacet(
                    "a held append that is in conflict is written",
                    HeldAppends.class,
                    holding -> altered(HeldAppends.class, holding, "hold", args -> anyway(holding, args)),
                    "T1.4"),
            losingTruncations(new Beside()),
            deletingSnapshotsOnce(),
            losingDeletes(new Beside()),
            ofFacet(
                    "names of snapshots are compared in their first 128 characters",
                    SnapshotStore.class,
                    LifeMutants::ofPrefixes,
                    "Z1.17"),
            ofFacet(
                    "at most 256 streams are on a page",
                    StreamCatalog.class,
                    catalog -> altered(
                            StreamCatalog.class,
                            catalog,
                            "streams",
                            args -> first(catalog.streams((String) args[0], after(args[1]), (Integer) args[2]))),
                    "F1.14"),
            ofFacet(
                    "at most 256 categories are listed",
                    StreamCatalog.class,
                    catalog -> altered(StreamCatalog.class, catalog, "categories", args -> first(catalog.categories())),
                    "F1.15"),
            ofFacet(
                    "imports are of at most 256 appends",
                    BulkImport.class,
                    bulk -> altered(
                            BulkImport.class, bulk, "appendAll", args -> bulk.appendAll(first(requests(args[0])))),
                    "F2.15"),
            ofAppend(
                    "the positions of more than ten writes are that of the first",
                    (backend, request) -> atFirst(backend.append(request)),
                    "A1.6"),
            ofFacet(
                    "a conflict of an import tells of one violation",
                    BulkImport.class,
                    bulk -> altered(
                            BulkImport.class,
                            bulk,
                            "appendAll",
                            args -> bulk.appendAll(requests(args[0])).stream()
                                    .map(LifeMutants::ofOneViolation)
                                    .toList()),
                    "F2.16",
                    "F2.17"),
            ofFacet(
                    "a held append that is in conflict tells of one violation",
                    HeldAppends.class,
                    holding -> altered(HeldAppends.class, holding, "hold", args -> {
                        HeldAppend held = holding.hold((AppendRequest) args[0]);
                        return altered(HeldAppend.class, held, "commit", none -> ofOneViolation(held.commit()));
                    }),
                    "T1.5"),
            ofReadLog(
                    "beside types a prefix is ignored",
                    (backend, from, direction, filter, limit) -> backend.readLog(
                            from,
                            direction,
                            filter.types().isEmpty() ? filter : new LogFilter(filter.categories(), filter.types(), ""),
                            limit),
                    "G6.23"),
            describingOnce(),
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
            rememberingSnapshots(),
            renewingAtFirst(),
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

    private LifeMutants() {}

    private static AppendOutcome atFirst(AppendOutcome outcome) {
        if (!(outcome instanceof AppendOutcome.Appended appended)
                || appended.results().size() <= MANY_WRITES) {
            return outcome;
        }
        Position first = appended.first().position();
        return new AppendOutcome.Appended(appended.results().stream()
                .map(result -> new AppendResult(result.stream(), result.version(), first, result.replayed()))
                .toList());
    }

    private static AppendOutcome ofOneViolation(AppendOutcome outcome) {
        return outcome instanceof AppendOutcome.Conflict conflict
                ? new AppendOutcome.Conflict(conflict.violations().subList(0, 1))
                : outcome;
    }

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

    private static <T> List<T> first(List<T> all) {
        return all.stream().limit(PAGE).toList();
    }

    @SuppressWarnings("unchecked")
    private static List<AppendRequest> requests(Object list) {
        return (List<AppendRequest>) list;
    }

    @SuppressWarnings("unchecked")
    private static Optional<StreamId> after(Object stream) {
        return (Optional<StreamId>) stream;
    }

    @SuppressWarnings("unchecked")
    private static Set<Lease> renewedFirst(CheckpointStore store, Object[] args) {
        Collection<Lease> all = (Collection<Lease>) args[0];
        store.renewAll(all.stream().limit(PAGE).toList(), (Duration) args[1]);
        return new HashSet<>(all);
    }

    private static AppendRequest careless(AppendRequest request) {
        boolean later =
                request.writes().get(0).expected() instanceof ExpectedVersion.Exactly exactly && exactly.version() > 5;
        return later
                ? AppendRequest.to(
                        request.writes().get(0).stream(),
                        ExpectedVersion.any(),
                        request.writes().get(0).events())
                : request;
    }

    private static HeldAppend anyway(HeldAppends holding, Object[] args) {
        AppendRequest request = (AppendRequest) args[0];
        HeldAppend held = holding.hold(request);
        return altered(HeldAppend.class, held, "commit", none -> {
            AppendOutcome outcome = held.commit();
            return outcome instanceof AppendOutcome.Conflict
                    ? holding.hold(AppendRequest.to(
                                    request.writes().get(0).stream(),
                                    ExpectedVersion.any(),
                                    request.writes().get(0).events()))
                            .commit()
                    : outcome;
        });
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

    /** Whether other calls are in progress. Each takes a little longer than it has to, so that others meet it. */
    private static final class Beside {
        private final AtomicInteger underWay = new AtomicInteger();

        @Nullable
        Object call(Object sound, Method method, Object @Nullable [] arguments, String lost) throws Throwable {
            if (method.getName().equals(lost) && underWay.get() > 0) {
                return null;
            }
            underWay.incrementAndGet();
            try {
                LockSupport.parkNanos(1000);
                return Proxies.invoked(method, sound, arguments);
            } finally {
                underWay.decrementAndGet();
            }
        }
    }

    /** Calls of this method do nothing beside others. */
    private static <T> T losing(Class<T> type, T sound, String lost, Beside beside) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (self, method, arguments) -> beside.call(sound, method, arguments, lost)));
    }

    private static Mutant losingReleases(Beside beside) {
        return ofCheckpoints(
                "a release beside another call is lost",
                store -> losing(CheckpointStore.class, store, "release", beside),
                "K2.49");
    }

    private static Mutant losingDeletes(Beside beside) {
        return ofFacet(
                "deleting a snapshot beside another call is lost",
                SnapshotStore.class,
                snapshots -> losing(SnapshotStore.class, snapshots, "delete", beside),
                "Z1.18");
    }

    private static Mutant losingTruncations(Beside beside) {
        return ofFacet(
                "a truncation beside a delete is lost",
                StreamAdmin.class,
                admin -> losing(StreamAdmin.class, admin, "truncateBefore", beside),
                "D1.18");
    }
}

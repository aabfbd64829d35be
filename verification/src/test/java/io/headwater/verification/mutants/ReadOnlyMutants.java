package io.headwater.verification.mutants;

import static io.headwater.verification.Proxies.altered;
import static io.headwater.verification.mutants.Mutant.ofStore;

import io.headwater.AppendRequest;
import io.headwater.AsyncBatchHandler;
import io.headwater.BulkImport;
import io.headwater.Diagnostics;
import io.headwater.EventStore;
import io.headwater.EventStores;
import io.headwater.LogPage;
import io.headwater.LogQuery;
import io.headwater.Position;
import io.headwater.ReadOptions;
import io.headwater.RecordedEvent;
import io.headwater.Scavenger;
import io.headwater.SnapshotStore;
import io.headwater.StreamAdmin;
import io.headwater.StreamCatalog;
import io.headwater.StreamId;
import io.headwater.StreamSlice;
import io.headwater.SubscriptionOptions;
import io.headwater.memory.HoldingBackend;
import io.headwater.spi.CheckpointStore;
import io.headwater.spi.HeldAppends;
import io.headwater.spi.Replication;
import io.headwater.verification.Proxies.Instead;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/** What a store that was opened read-only does not read, or does not refuse (L4, L5). */
final class ReadOnlyMutants {
    /** {@link MutantProvider} makes a store where there is none for this one alone. */
    static final Mutant MAKING_STORES = ofStore("opening read-only makes a store", UnaryOperator.identity(), "L5.1");

    static final List<Mutant> ALL = List.of(
            readOnly("a read-only store does not say so", "isReadOnly", store -> args -> false, "L4.1"),
            readOnly("a read-only store has an id of its own", "storeId", store -> args -> "own", "L4.2"),
            readOnly("a read-only store reads a stream once", "readStream", ReadOnlyMutants::readingOnce, "L4.3"),
            readOnly("a read-only store reads the log as it was", "readLog", ReadOnlyMutants::readingUpTo, "L4.4"),
            getsThrough(
                    "a read-only store appends",
                    "append",
                    (writable, args) -> writable.append((AppendRequest) args[0]),
                    "L4.5"),
            getsThrough(
                    "a read-only store tries to append",
                    "tryAppend",
                    (writable, args) -> writable.tryAppend((AppendRequest) args[0]),
                    "L4.5"),
            facetGetsThrough("a read-only store imports", BulkImport.class, "L4.6"),
            facetGetsThrough("a read-only store holds appends", HeldAppends.class, "L4.7"),
            facetGetsThrough("a read-only store deletes", StreamAdmin.class, "L4.8"),
            facetGetsThrough("a read-only store scavenges", Scavenger.class, "L4.9"),
            facetGetsThrough("a read-only store saves snapshots", SnapshotStore.class, "L4.10"),
            facetGetsThrough("a read-only store applies changes", Replication.class, "L4.19"),
            facetIs(
                    "a read-only store lists no stream",
                    StreamCatalog.class,
                    catalog -> altered(StreamCatalog.class, catalog, "streams", args -> List.of()),
                    "L4.11"),
            readOnly(
                    "a read-only store takes every time for now", "positionAt", store -> args -> store.head(), "L4.12"),
            facetIs("a read-only store knows no facts", Diagnostics.class, facts -> Map::of, "L4.13"),
            facetIs(
                    "a read-only store sees no leases",
                    CheckpointStore.class,
                    checkpoints -> altered(CheckpointStore.class, checkpoints, "holders", args -> List.of()),
                    "L4.14"),
            facetGetsThrough("a read-only store saves checkpoints", CheckpointStore.class, "L4.15"),
            readOnly(
                    "a read-only store follows up to now",
                    "subscribeAsync",
                    ReadOnlyMutants::followingUpToNow,
                    "L4.16"),
            getsThrough(
                    "a read-only store takes a lease",
                    "subscribeAsync",
                    (writable, args) ->
                            writable.subscribeAsync((SubscriptionOptions) args[0], (AsyncBatchHandler) args[1]),
                    "L4.17"),
            getsThrough(
                    "a read-only store changes subscriptions",
                    "subscriptions",
                    (writable, args) -> writable.subscriptions(),
                    "L4.18"),
            MAKING_STORES);

    private ReadOnlyMutants() {}

    interface Breaking {
        Instead of(EventStore store);
    }

    interface Writing {
        Object call(EventStore writable, Object[] arguments);
    }

    /** A mutant whose read-only stores do something else in one method. */
    private static Mutant readOnly(String name, String method, Breaking instead, String... killers) {
        return ofStore(
                name,
                store -> store.isReadOnly() ? altered(EventStore.class, store, method, instead.of(store)) : store,
                killers);
    }

    /** A mutant whose read-only stores call one method of a store that writes to the same storage. */
    private static Mutant getsThrough(String name, String method, Writing work, String... killers) {
        return ofStore(name, store -> store.isReadOnly() ? writing(store, name, method, work) : store, killers);
    }

    private static EventStore writing(EventStore readOnly, String storage, String method, Writing work) {
        EventStore writable = EventStores.over("mutant", HoldingBackend.open(storage));
        EventStore broken = altered(EventStore.class, readOnly, method, args -> work.call(writable, args));
        return altered(EventStore.class, broken, "close", args -> {
            writable.close();
            readOnly.close();
            return null;
        });
    }

    private static Mutant facetGetsThrough(String name, Class<?> facet, String... killers) {
        return ofStore(
                name,
                store -> store.isReadOnly()
                        ? writing(
                                store,
                                name,
                                "facet",
                                (writable, args) -> (args[0] == facet ? writable : store).facet((Class<?>) args[0]))
                        : store,
                killers);
    }

    private static <F> Mutant facetIs(String name, Class<F> facet, UnaryOperator<F> breaking, String... killers) {
        return readOnly(
                name,
                "facet",
                store -> args -> {
                    Optional<?> found = store.facet((Class<?>) args[0]);
                    return args[0] == facet ? found.map(sound -> breaking.apply(facet.cast(sound))) : found;
                },
                killers);
    }

    private static Instead readingOnce(EventStore store) {
        Map<Object, StreamSlice> read = new ConcurrentHashMap<>();
        return args ->
                read.computeIfAbsent(args[0], stream -> store.readStream((StreamId) stream, (ReadOptions) args[1]));
    }

    private static Instead readingUpTo(EventStore store) {
        Position opened = store.head();
        return args -> {
            LogPage page = store.readLog((LogQuery) args[0]);
            List<RecordedEvent> old = page.events().stream()
                    .filter(event -> !event.position().isAfter(opened))
                    .toList();
            return new LogPage(old, page.scannedTo(), page.more());
        };
    }

    private static Instead followingUpToNow(EventStore store) {
        return args -> {
            Position now = store.head();
            AsyncBatchHandler handler = (AsyncBatchHandler) args[1];
            return store.subscribeAsync(
                    (SubscriptionOptions) args[0],
                    events -> events.get(0).position().isAfter(now)
                            ? CompletableFuture.completedFuture(null)
                            : handler.handle(events));
        };
    }
}

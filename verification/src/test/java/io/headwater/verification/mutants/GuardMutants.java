package io.headwater.verification.mutants;

import static io.headwater.verification.Proxies.altered;
import static io.headwater.verification.mutants.Mutant.ofCheckpoints;
import static io.headwater.verification.mutants.Mutant.ofFacet;
import static io.headwater.verification.mutants.Mutant.ofStore;

import io.headwater.AppendOutcome;
import io.headwater.AppendOutcome.Appended;
import io.headwater.AppendOutcomeUnknown;
import io.headwater.AppendRequest;
import io.headwater.BackendFailure;
import io.headwater.BulkImport;
import io.headwater.EventStore;
import io.headwater.EventStoreException;
import io.headwater.InvalidRequest;
import io.headwater.LimitExceeded;
import io.headwater.Position;
import io.headwater.StoreUnavailable;
import io.headwater.StreamId;
import io.headwater.memory.ForwardingBackend;
import io.headwater.spi.CheckpointStore;
import io.headwater.spi.CheckpointStore.Checkpoint;
import io.headwater.spi.CheckpointStore.Lease;
import io.headwater.spi.CheckpointStore.SaveResult;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/** What a store refuses and says gone wrong, and imports (E, F2, K, L). */
final class GuardMutants {
    static final List<Mutant> ALL = List.of(
            ofStore("exceptions do not say where", GuardMutants::silent, "E1.1", "E1.5"),
            ofStore(
                    "exceptions of the driver get out",
                    store -> altered(EventStore.class, store, "head", none -> {
                        try {
                            return store.head();
                        } catch (BackendFailure failure) {
                            throw (RuntimeException) failure.getCause();
                        }
                    }),
                    "E1.6"),
            Mutant.of("there is any facet", new String[] {"E2.9"}, backend -> new ForwardingBackend(backend) {
                @Override
                public <T> Optional<T> facet(Class<T> type) {
                    return backend.facet(type).or(() -> Optional.of(type.cast(nothing(type))));
                }
            }),
            ofStore(
                    "there are no checkpoints",
                    store -> altered(EventStore.class, store, "facet", args -> Optional.empty()),
                    "E2.10"),
            ofStore("closing twice fails", GuardMutants::closingOnce, "L2.1"),
            ofStore(
                    "interrupts are overlooked",
                    store -> altered(EventStore.class, store, "append", args -> {
                        Thread.interrupted();
                        return store.append((AppendRequest) args[0]);
                    }),
                    "L2.6"),
            ofStore(
                    "an interrupt leaves the outcome of an append unknown",
                    store -> altered(EventStore.class, store, "tryAppend", args -> {
                        AppendOutcome outcome = store.tryAppend((AppendRequest) args[0]);
                        LockSupport.parkNanos(1_000_000);
                        if (Thread.currentThread().isInterrupted()) {
                            throw new AppendOutcomeUnknown("the connection was lost", null);
                        }
                        return outcome;
                    }),
                    "L2.8"),
            ofCheckpoints(
                    "who saved nothing is at the start",
                    store -> altered(CheckpointStore.class, store, "load", args -> {
                        List<Checkpoint> saved = store.load((String) args[0]);
                        return saved.isEmpty()
                                ? List.of(new Checkpoint((String) args[0], 0, Position.START, Instant.EPOCH, "none"))
                                : saved;
                    }),
                    "K2.1"),
            ofCheckpoints(
                    "a checkpoint that is saved again is refused",
                    store -> altered(
                            CheckpointStore.class,
                            store,
                            "save",
                            args -> store.load(((Lease) args[0]).subscription()).stream()
                                            .anyMatch(saved -> saved.position().equals(args[2]))
                                    ? SaveResult.FENCED
                                    : store.save(
                                            (Lease) args[0],
                                            (Integer) args[1],
                                            (Position) args[2],
                                            FacetMutants.changes(args[3]))),
                    "K2.5"),
            ofCheckpoints(
                    "a lease is in the name of the store",
                    store -> altered(
                            CheckpointStore.class,
                            store,
                            "acquire",
                            args -> store.acquire((String) args[0], (String) args[1], (Duration) args[2])
                                    .map(lease -> new Lease(lease.subscription(), "store", lease.epoch()))),
                    "K3.3"),
            ofFacet(
                    "an import reads streams once",
                    BulkImport.class,
                    bulk -> requests -> lookingOnce(bulk, requests),
                    "F2.3"),
            ofFacet(
                    "an import of nothing fails",
                    BulkImport.class,
                    bulk -> requests -> {
                        if (requests.isEmpty()) {
                            throw new InvalidRequest("nothing to import");
                        }
                        return bulk.appendAll(requests);
                    },
                    "F2.7"),
            ofStore("an import is checked one by one", GuardMutants::importingOneByOne, "F2.9"),
            ofFacet(
                    "a repeat within an import is a conflict",
                    BulkImport.class,
                    bulk -> requests -> refusingRepeats(bulk, requests),
                    "F2.5",
                    "F2.6",
                    "F2.11",
                    "F2.12"));

    private GuardMutants() {}

    private static Object nothing(Class<?> type) {
        return Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (self, method, args) -> null);
    }

    /** Exceptions come without backend, operation and stream. */
    private static EventStore silent(EventStore store) {
        return (EventStore) Proxy.newProxyInstance(
                EventStore.class.getClassLoader(), new Class<?>[] {EventStore.class}, (self, method, args) -> {
                    try {
                        return method.invoke(store, args);
                    } catch (InvocationTargetException e) {
                        throw e.getCause() instanceof EventStoreException known ? anonymous(known) : e.getCause();
                    }
                });
    }

    private static EventStoreException anonymous(EventStoreException known) {
        if (known instanceof LimitExceeded) {
            return new LimitExceeded("too much");
        }
        return known instanceof StoreUnavailable ? new StoreUnavailable("not now", null) : known;
    }

    private static EventStore closingOnce(EventStore store) {
        AtomicBoolean closed = new AtomicBoolean();
        return altered(EventStore.class, store, "close", none -> {
            if (closed.getAndSet(true)) {
                throw new IllegalStateException("closed already");
            }
            store.close();
            return null;
        });
    }

    private static List<AppendOutcome> lookingOnce(BulkImport bulk, List<AppendRequest> requests) {
        Set<StreamId> seen = new HashSet<>();
        List<AppendOutcome> outcomes = new ArrayList<>();
        for (AppendRequest request : requests) {
            if (!seen.add(request.writes().get(0).stream())) {
                outcomes.add(AppendMutants.conflict(request));
                return outcomes;
            }
            outcomes.addAll(bulk.appendAll(List.of(request)));
        }
        return outcomes;
    }

    private static List<AppendOutcome> refusingRepeats(BulkImport bulk, List<AppendRequest> requests) {
        List<AppendOutcome> outcomes = new ArrayList<>();
        for (AppendOutcome outcome : bulk.appendAll(requests)) {
            if (outcome instanceof Appended appended && appended.first().replayed()) {
                outcomes.add(AppendMutants.conflict(requests.get(outcomes.size())));
                return outcomes;
            }
            outcomes.add(outcome);
        }
        return outcomes;
    }

    private static EventStore importingOneByOne(EventStore store) {
        return altered(
                EventStore.class,
                store,
                "facet",
                args -> store.facet((Class<?>) args[0])
                        .map(facet -> facet instanceof BulkImport bulk
                                ? (BulkImport) requests -> requests.stream()
                                        .flatMap(request -> bulk.appendAll(List.of(request)).stream())
                                        .toList()
                                : facet));
    }
}

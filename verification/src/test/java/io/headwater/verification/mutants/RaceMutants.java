package io.headwater.verification.mutants;

import static io.headwater.verification.Proxies.altered;
import static io.headwater.verification.mutants.ReadMutants.only;

import io.headwater.AppendOutcome;
import io.headwater.AppendOutcome.Appended;
import io.headwater.AppendOutcome.Conflict;
import io.headwater.AppendRequest;
import io.headwater.AppendResult;
import io.headwater.Direction;
import io.headwater.EventData;
import io.headwater.EventStore;
import io.headwater.ExpectedVersion;
import io.headwater.LogFilter;
import io.headwater.LogPage;
import io.headwater.Position;
import io.headwater.StoreClosed;
import io.headwater.StreamWrite;
import io.headwater.memory.ForwardingBackend;
import io.headwater.spi.Backend;
import io.headwater.spi.CheckpointStore;
import io.headwater.spi.CheckpointStore.Lease;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;

/** What goes wrong only when another comes in between: two steps that had to be one (A5, I1, I3, K3, L2, T, G3, S1). */
final class RaceMutants {
    static final String WITHOUT = ", without a pause";

    /** As long as a round trip to a storage that is near. */
    static final List<Mutant> ALL = new RaceMutants("", () -> LockSupport.parkNanos(1000)).all();

    /** As short as it gets. Only a loop that is warm meets these, and not every time. */
    static final List<Mutant> WITHOUT_PAUSE = new RaceMutants(WITHOUT, () -> {}).all();

    private final String suffix;
    private final Runnable pause;

    /** Between the two steps there is this pause. */
    private RaceMutants(String suffix, Runnable pause) {
        this.suffix = suffix;
        this.pause = pause;
    }

    private List<Mutant> all() {
        return List.of(
                ofAppend(
                        "version checked outside the lock", this::checkThenAct, "A5.9", "A5.6", "A5.1", "A5.2", "A5.5"),
                ofAppend("a repeat is looked for outside the lock", lookingForRepeats(), "I1.10", "I3.11"),
                ofAppend("a batch is written one by one", this::oneByOne, "T1.2", "I5.2", "T2.1", "T2.3", "T3.1"),
                ofAppend("more than 50 events are written in two parts", this::inParts, "T2.7"),
                ofAppend(
                        "several streams are written one after the other",
                        this::streamByStream,
                        "A7.10",
                        "D2.9",
                        "A7.11",
                        "A7.4",
                        "A7.7",
                        "T3.2"),
                ofAppend("any fails under contention", failingUnderContention(), "A5.10", "A5.4", "A5.3"),
                Mutant.ofCheckpoints(
                        "leases are looked at outside the lock" + suffix,
                        lookingAtLeases(ConcurrentHashMap.newKeySet()),
                        "K3.11"),
                Mutant.of(
                        "positions are given before the commit" + suffix,
                        new String[] {"G3.1", "G3.2", "G3.3", "G3.4", "G3.5", "G3.6", "S1.21", "S1.22", "S1.23"},
                        committingLate(ConcurrentHashMap.newKeySet())),
                Mutant.ofStore("closing tears an append apart" + suffix, this::tearing, "L2.5"));
    }

    private Mutant ofAppend(String name, Mutant.Append append, String... killers) {
        return Mutant.ofAppend(name + suffix, append, killers);
    }

    private AppendOutcome checkThenAct(Backend backend, AppendRequest request) {
        StreamWrite write = request.writes().get(0);
        if (!holds(write.expected(), AppendMutants.version(backend, write))) {
            return backend.append(request);
        }
        pause.run();
        return backend.append(AppendMutants.expecting(request, expected -> ExpectedVersion.any()));
    }

    private AppendOutcome inParts(Backend backend, AppendRequest request) {
        StreamWrite write = request.writes().get(0);
        int half = write.events().size() / 2;
        if (request.isMultiStream() || half < 25) {
            return backend.append(request);
        }
        AppendOutcome first = backend.append(AppendRequest.to(
                write.stream(), write.expected(), write.events().subList(0, half)));
        if (!(first instanceof Appended)) {
            return first;
        }
        pause.run();
        return backend.append(AppendRequest.to(
                write.stream(),
                ExpectedVersion.any(),
                write.events().subList(half, write.events().size())));
    }

    private static boolean holds(ExpectedVersion expected, long version) {
        return expected instanceof ExpectedVersion.Exactly exactly && exactly.version() == version
                || expected == ExpectedVersion.noStream() && version == 0;
    }

    private Mutant.Append lookingForRepeats() {
        Map<UUID, AppendResult> known = new ConcurrentHashMap<>();
        return (backend, request) -> {
            UUID id = request.writes().get(0).events().get(0).id();
            AppendResult before = known.get(id);
            if (before != null) {
                return new Appended(
                        List.of(new AppendResult(before.stream(), before.version(), before.position(), true)));
            }
            pause.run();
            AppendOutcome outcome = backend.append(AppendMutants.changed(
                    AppendMutants.expecting(request, expected -> ExpectedVersion.any()), AppendMutants::withNewIds));
            known.put(id, outcome.orThrow().get(0));
            return outcome;
        };
    }

    private AppendOutcome oneByOne(Backend backend, AppendRequest request) {
        StreamWrite write = request.writes().get(0);
        AppendOutcome last = backend.append(AppendRequest.to(
                write.stream(), write.expected(), write.events().get(0)));
        for (EventData event : write.events().subList(1, write.events().size())) {
            pause.run();
            last = backend.append(AppendRequest.to(write.stream(), ExpectedVersion.any(), event));
        }
        return last;
    }

    private AppendOutcome streamByStream(Backend backend, AppendRequest request) {
        List<AppendResult> results = new ArrayList<>();
        for (StreamWrite write : request.writes()) {
            AppendOutcome outcome = backend.append(new AppendRequest(List.of(write), List.of()));
            if (outcome instanceof Conflict) {
                return outcome;
            }
            results.addAll(outcome.orThrow());
            pause.run();
        }
        return new Appended(results);
    }

    private Mutant.Append failingUnderContention() {
        AtomicInteger running = new AtomicInteger();
        return (backend, request) -> {
            try {
                boolean alone = running.incrementAndGet() == 1;
                pause.run();
                return alone ? backend.append(request) : AppendMutants.conflict(request);
            } finally {
                running.decrementAndGet();
            }
        };
    }

    private UnaryOperator<CheckpointStore> lookingAtLeases(Set<Object> held) {
        return store -> altered(CheckpointStore.class, store, "acquire", args -> {
            if (held.contains(args[0])) {
                return Optional.empty();
            }
            pause.run();
            held.add(args[0]);
            return store.acquire((String) args[0], (String) args[1], (Duration) args[2])
                    .or(() -> Optional.of(new Lease((String) args[0], (String) args[1], 1)));
        });
    }

    /** What is being appended is hidden a moment longer than what is appended after it. */
    private UnaryOperator<Backend> committingLate(Set<UUID> uncommitted) {
        return backend -> new ForwardingBackend(backend) {
            @Override
            public AppendOutcome append(AppendRequest request) {
                List<UUID> ids = request.writes().stream()
                        .flatMap(write -> write.events().stream())
                        .map(EventData::id)
                        .toList();
                uncommitted.addAll(ids);
                try {
                    AppendOutcome outcome = backend.append(request);
                    pause.run();
                    return outcome;
                } finally {
                    ids.forEach(uncommitted::remove);
                }
            }

            @Override
            public LogPage readLog(Position from, Direction direction, LogFilter filter, int limit) {
                return only(
                        backend.readLog(from, direction, filter, limit), event -> !uncommitted.contains(event.id()));
            }
        };
    }

    private EventStore tearing(EventStore store) {
        AtomicBoolean closed = new AtomicBoolean();
        EventStore closing = altered(EventStore.class, store, "close", none -> {
            closed.set(true);
            store.close();
            return null;
        });
        return altered(EventStore.class, closing, "tryAppend", args -> {
            AppendRequest request = (AppendRequest) args[0];
            StreamWrite write = request.writes().get(0);
            if (write.events().size() == 1) {
                return store.tryAppend(request);
            }
            store.tryAppend(AppendRequest.to(
                    write.stream(), write.expected(), write.events().get(0)));
            pause.run();
            if (closed.get()) {
                throw new StoreClosed();
            }
            return store.tryAppend(AppendRequest.to(
                    write.stream(),
                    ExpectedVersion.any(),
                    write.events().subList(1, write.events().size())));
        });
    }
}

package io.headwater.verification.mutants;

import static io.headwater.verification.Proxies.altered;

import io.headwater.AppendOutcome;
import io.headwater.AppendOutcome.Conflict;
import io.headwater.AppendRequest;
import io.headwater.BulkImport;
import io.headwater.Direction;
import io.headwater.EventData;
import io.headwater.ExpectedVersion;
import io.headwater.LogFilter;
import io.headwater.LogPage;
import io.headwater.Position;
import io.headwater.RecordedEvent;
import io.headwater.Scavenger;
import io.headwater.Snapshot;
import io.headwater.SnapshotStore;
import io.headwater.StreamAdmin;
import io.headwater.StreamDeleted;
import io.headwater.StreamId;
import io.headwater.StreamWrite;
import io.headwater.memory.ForwardingBackend;
import io.headwater.spi.Backend;
import io.headwater.spi.CheckpointStore;
import io.headwater.spi.CheckpointStore.Holder;
import io.headwater.spi.CheckpointStore.Lease;
import io.headwater.spi.CheckpointStore.SaveResult;
import io.headwater.spi.RecordChange;
import io.headwater.spi.StreamPage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** Calls of two steps that had to be one, where the other call is no append: for the matrix of races (T5). */
final class RaceMatrixMutants {
    private static final Duration TERM = Duration.ofHours(1);

    static final List<Mutant> ALL = new RaceMatrixMutants("", () -> LockSupport.parkNanos(1000)).all();

    static final List<Mutant> WITHOUT_PAUSE = new RaceMatrixMutants(RaceMutants.WITHOUT, () -> {}).all();

    private final String suffix;
    private final Runnable pause;

    /** Between the two steps there is this pause. */
    private RaceMatrixMutants(String suffix, Runnable pause) {
        this.suffix = suffix;
        this.pause = pause;
    }

    private List<Mutant> all() {
        return List.of(
                ofFacet("a delete looks at the version first", StreamAdmin.class, this::looking, "T5.7"),
                ofFacet("a tombstone is looked at first", StreamAdmin.class, this::ending, "T5.8"),
                ofFacet("a truncation is made in two steps", StreamAdmin.class, this::truncating, "T5.9"),
                Mutant.ofAppend("checks are read before the append" + suffix, this::checking, "T5.5", "T5.18"),
                ofFacet("an import looks at versions first", BulkImport.class, this::importing, "T5.6"),
                Mutant.of("an append beside a scavenge is lost" + suffix, killers("T5.4", "T5.17"), Losing::new),
                Mutant.of("streams are empty while a scavenge runs" + suffix, killers("T5.10"), Emptying::new),
                ofFacet("a snapshot is looked at before it is saved", SnapshotStore.class, this::saving, "T5.11"),
                ofCheckpoints("a lease is looked at, then taken", this::acquiring, "T5.12"),
                ofCheckpoints("a lease is looked at before a save", this::savingAfterALook, "T5.13"),
                ofCheckpoints("a reset forgets first", this::resetting, "T5.14"),
                ofCheckpoints("forgetting looks first what is there", this::forgetting, "T5.15"),
                Mutant.of("an instance has a lock of its own" + suffix, killers("T5.16"), OwnLock::new));
    }

    private static String[] killers(String... rules) {
        return rules;
    }

    private <F> Mutant ofFacet(
            String name, Class<F> facet, Function<Backend, UnaryOperator<F>> with, String... killers) {
        return Mutant.of(name + suffix, killers, backend -> new ForwardingBackend(backend) {
            @Override
            public <T> Optional<T> facet(Class<T> type) {
                Optional<T> found = backend.facet(type);
                return type == facet
                        ? found.map(sound -> type.cast(with.apply(backend).apply(facet.cast(sound))))
                        : found;
            }
        });
    }

    private Mutant ofCheckpoints(String name, UnaryOperator<CheckpointStore> with, String... killers) {
        return Mutant.ofCheckpoints(name + suffix, with, killers);
    }

    private static StreamPage page(Backend backend, StreamId stream) {
        return backend.readStream(stream, Direction.BACKWARDS, Long.MAX_VALUE, 1);
    }

    private static boolean accepted(Backend backend, StreamId stream, ExpectedVersion expected) {
        StreamPage page = page(backend, stream);
        boolean live = page.first() <= page.version();
        if (expected instanceof ExpectedVersion.Exactly exactly) {
            return exactly.version() == page.version();
        }
        return expected instanceof ExpectedVersion.Any || live == expected instanceof ExpectedVersion.StreamExists;
    }

    private UnaryOperator<StreamAdmin> looking(Backend backend) {
        return admin -> altered(StreamAdmin.class, admin, "delete", args -> {
            StreamId stream = (StreamId) args[0];
            ExpectedVersion expected = (ExpectedVersion) args[1];
            boolean fine = accepted(backend, stream, expected);
            pause.run();
            admin.delete(stream, fine ? ExpectedVersion.any() : expected);
            return null;
        });
    }

    private UnaryOperator<StreamAdmin> ending(Backend backend) {
        return admin -> altered(StreamAdmin.class, admin, "tombstone", args -> {
            StreamId stream = (StreamId) args[0];
            ExpectedVersion expected = (ExpectedVersion) args[1];
            boolean fine = accepted(backend, stream, expected);
            pause.run();
            try {
                admin.tombstone(stream, fine ? ExpectedVersion.any() : expected);
            } catch (StreamDeleted meanwhile) {
                return null;
            }
            return null;
        });
    }

    private UnaryOperator<StreamAdmin> truncating(Backend backend) {
        return admin -> altered(StreamAdmin.class, admin, "truncateBefore", args -> {
            StreamId stream = (StreamId) args[0];
            long before = (Long) args[1];
            if (before > 2) {
                admin.truncateBefore(stream, before - 1);
                pause.run();
            }
            admin.truncateBefore(stream, before);
            return null;
        });
    }

    private AppendOutcome checking(Backend backend, AppendRequest request) {
        boolean fine = request.checks().stream().allMatch(check -> accepted(backend, check.stream(), check.expected()));
        if (!fine) {
            return backend.append(request);
        }
        pause.run();
        return backend.append(new AppendRequest(request.writes(), List.of()));
    }

    private AppendOutcome lookingAtVersions(Backend backend, AppendRequest request) {
        StreamWrite write = request.writes().get(0);
        if (request.isMultiStream() || !accepted(backend, write.stream(), write.expected())) {
            return backend.append(request);
        }
        pause.run();
        return backend.append(AppendMutants.expecting(request, expected -> ExpectedVersion.any()));
    }

    private UnaryOperator<BulkImport> importing(Backend backend) {
        return bulk -> requests -> {
            List<AppendOutcome> outcomes = new ArrayList<>();
            for (AppendRequest request : requests) {
                outcomes.add(lookingAtVersions(backend, request));
                if (outcomes.get(outcomes.size() - 1) instanceof Conflict) {
                    break;
                }
            }
            return outcomes;
        };
    }

    /** Does something wrong while a scavenge runs. */
    private abstract class DuringScavenge extends ForwardingBackend {
        private final AtomicInteger running = new AtomicInteger();

        DuringScavenge(Backend sound) {
            super(sound);
        }

        boolean isRunning() {
            return running.get() > 0;
        }

        @Override
        public <T> Optional<T> facet(Class<T> type) {
            return type == Scavenger.class
                    ? sound.facet(Scavenger.class).map(scavenger -> type.cast(slow(scavenger)))
                    : sound.facet(type);
        }

        private Scavenger slow(Scavenger scavenger) {
            return () -> {
                running.incrementAndGet();
                try {
                    pause.run();
                    return scavenger.scavenge();
                } finally {
                    running.decrementAndGet();
                }
            };
        }
    }

    private final class Losing extends DuringScavenge {
        private final Set<UUID> lost = ConcurrentHashMap.newKeySet();

        Losing(Backend sound) {
            super(sound);
        }

        @Override
        public AppendOutcome append(AppendRequest request) {
            AppendOutcome outcome = sound.append(request);
            if (isRunning() && !(outcome instanceof Conflict)) {
                request.writes().stream()
                        .flatMap(write -> write.events().stream())
                        .map(EventData::id)
                        .forEach(lost::add);
            }
            return outcome;
        }

        @Override
        public StreamPage readStream(StreamId stream, Direction direction, long from, int limit) {
            StreamPage page = sound.readStream(stream, direction, from, limit);
            return new StreamPage(
                    page.version(),
                    page.first(),
                    page.events().stream().filter(isThere()).toList());
        }

        private Predicate<RecordedEvent> isThere() {
            return event -> !lost.contains(event.id());
        }

        @Override
        public LogPage readLog(Position from, Direction direction, LogFilter filter, int limit) {
            return ReadMutants.only(sound.readLog(from, direction, filter, limit), isThere());
        }
    }

    private final class Emptying extends DuringScavenge {
        Emptying(Backend sound) {
            super(sound);
        }

        @Override
        public StreamPage readStream(StreamId stream, Direction direction, long from, int limit) {
            StreamPage page = sound.readStream(stream, direction, from, limit);
            return isRunning() ? new StreamPage(page.version(), page.version() + 1, List.of()) : page;
        }
    }

    private UnaryOperator<SnapshotStore> saving(Backend backend) {
        return snapshots -> altered(SnapshotStore.class, snapshots, "save", args -> {
            Snapshot snapshot = (Snapshot) args[0];
            boolean newer = snapshots
                    .load(snapshot.stream(), snapshot.name())
                    .filter(latest -> latest.version() >= snapshot.version())
                    .isEmpty();
            pause.run();
            if (newer) {
                snapshots.delete(snapshot.stream(), snapshot.name());
                snapshots.save(snapshot);
            }
            return newer;
        });
    }

    private CheckpointStore acquiring(CheckpointStore store) {
        return altered(CheckpointStore.class, store, "acquire", args -> {
            String name = (String) args[0];
            String owner = (String) args[1];
            Duration term = (Duration) args[2];
            boolean free = store.holder(name)
                    .filter(holder -> !holder.lease().owner().equals(owner))
                    .isEmpty();
            pause.run();
            Optional<Lease> lease = store.acquire(name, owner, term);
            Optional<Holder> other = lease.isPresent() || !free ? Optional.empty() : store.holder(name);
            return lease.or(() -> other.flatMap(held -> store.takeOver(held, owner, term)));
        });
    }

    private CheckpointStore savingAfterALook(CheckpointStore store) {
        return altered(CheckpointStore.class, store, "save", args -> {
            Lease lease = (Lease) args[0];
            int partition = (Integer) args[1];
            Position position = (Position) args[2];
            @SuppressWarnings("unchecked")
            List<RecordChange> changes = args.length > 3 ? (List<RecordChange>) args[3] : List.of();
            boolean held = store.holder(lease.subscription())
                    .filter(holder -> holder.lease().equals(lease))
                    .isPresent();
            pause.run();
            SaveResult result = store.save(lease, partition, position, changes);
            return held && result == SaveResult.FENCED ? forced(store, lease, partition, position, changes) : result;
        });
    }

    /** Without the lease, as far as this can be done from outside. */
    private static SaveResult forced(
            CheckpointStore store, Lease lost, int partition, Position position, List<RecordChange> changes) {
        Optional<Lease> lease = store.acquire(lost.subscription(), lost.owner(), TERM);
        if (lease.isEmpty()) {
            return SaveResult.FENCED;
        }
        SaveResult result = store.save(lease.get(), partition, position, changes);
        store.release(lease.get());
        return result;
    }

    private CheckpointStore resetting(CheckpointStore store) {
        return altered(CheckpointStore.class, store, "reset", args -> {
            store.forget((String) args[0]);
            pause.run();
            store.reset((String) args[0], (Position) args[1]);
            return null;
        });
    }

    private CheckpointStore forgetting(CheckpointStore store) {
        return altered(CheckpointStore.class, store, "forget", args -> {
            boolean had = !store.load((String) args[0]).isEmpty();
            pause.run();
            return store.forget((String) args[0]) || had;
        });
    }

    /** Sound in one instance, as far as appends are concerned. */
    private final class OwnLock extends ForwardingBackend {
        private final Object lock = new Object();

        OwnLock(Backend sound) {
            super(sound);
        }

        @Override
        public AppendOutcome append(AppendRequest request) {
            synchronized (lock) {
                return lookingAtVersions(sound, request);
            }
        }
    }
}

package io.headwater.verification.mutants;

import io.headwater.AppendOutcome;
import io.headwater.AppendOutcome.Appended;
import io.headwater.AppendRequest;
import io.headwater.AppendResult;
import io.headwater.Direction;
import io.headwater.EventData;
import io.headwater.ExpectedVersion;
import io.headwater.SnapshotStore;
import io.headwater.StoreClosed;
import io.headwater.StreamId;
import io.headwater.memory.ForwardingBackend;
import io.headwater.memory.MemoryFixture;
import io.headwater.spi.Backend;
import io.headwater.spi.Positions;
import io.headwater.spi.StreamPage;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/** What each instance, and so each process, has for itself although all should share it. */
final class InstanceMutants {
    static final List<Mutant> ALL = List.of(
            Mutant.of(
                    "repeats are recognised by the instance that wrote",
                    new String[] {"I1.8", "I1.9", "I1.15", "I3.9", "I3.10"},
                    InstanceMutants::knowingOwnRepeats),
            Mutant.of("what another instance wrote last costs a version", new String[] {"A2.3"}, changingHands()),
            Mutant.of(
                    "an instance does not look again for what others append",
                    new String[] {"T4.2", "T4.4"},
                    InstanceMutants::frozen),
            Mutant.of(
                    "instances that were opened later give lower positions",
                    new String[] {"G5.3", "G5.4", "G9.4"},
                    shifting(new AtomicInteger())),
            Mutant.of(
                    "instances tell different positions of an event",
                    new String[] {"G9.2", "G9.3"},
                    telling(new AtomicInteger())),
            Mutant.of("each instance has its own snapshots", new String[] {"Z1.13"}, InstanceMutants::withOwnSnapshots),
            Mutant.of("closing a store closes all over the same storage", new String[] {"L2.3"}, closingAll()));

    private InstanceMutants() {}

    private static Backend knowingOwnRepeats(Backend backend) {
        Set<UUID> own = ConcurrentHashMap.newKeySet();
        return new ForwardingBackend(backend) {
            @Override
            public AppendOutcome append(AppendRequest request) {
                AppendOutcome outcome = backend.append(request);
                UUID first = request.writes().get(0).events().get(0).id();
                boolean foreign = isReplay(outcome) && !own.contains(first);
                own.add(first);
                return foreign ? AppendMutants.conflict(request) : outcome;
            }
        };
    }

    static boolean isReplay(AppendOutcome outcome) {
        return outcome instanceof Appended appended && appended.first().replayed();
    }

    private static UnaryOperator<Backend> changingHands() {
        Map<StreamId, Backend> lastWriters = new ConcurrentHashMap<>();
        return backend -> new ForwardingBackend(backend) {
            @Override
            public AppendOutcome append(AppendRequest request) {
                StreamId stream = request.writes().get(0).stream();
                Backend last = lastWriters.put(stream, this);
                if (last != null && last != this) {
                    backend.append(AppendRequest.to(stream, ExpectedVersion.any(), EventData.json("Moved", "{}")));
                }
                return backend.append(request);
            }
        };
    }

    /** Reads a stream up to where it was when this instance first read it, or last wrote it. */
    private static Backend frozen(Backend backend) {
        Map<StreamId, Long> known = new ConcurrentHashMap<>();
        return new ForwardingBackend(backend) {
            @Override
            public AppendOutcome append(AppendRequest request) {
                AppendOutcome outcome = backend.append(request);
                if (outcome instanceof Appended appended) {
                    known.put(appended.first().stream(), appended.first().version());
                }
                return outcome;
            }

            @Override
            public StreamPage readStream(StreamId stream, Direction direction, long from, int limit) {
                StreamPage page = backend.readStream(stream, direction, from, limit);
                return StreamMutants.upTo(known.computeIfAbsent(stream, first -> page.version()), page);
            }
        };
    }

    private static UnaryOperator<Backend> shifting(AtomicInteger instances) {
        return backend -> {
            long shift = 1000 / instances.incrementAndGet();
            return new ForwardingBackend(backend) {
                @Override
                public AppendOutcome append(AppendRequest request) {
                    return AppendMutants.answered(
                            backend.append(request),
                            result -> new AppendResult(
                                    result.stream(),
                                    result.version(),
                                    Positions.of(Positions.number(result.position()) + shift),
                                    result.replayed()));
                }
            };
        };
    }

    private static UnaryOperator<Backend> telling(AtomicInteger instances) {
        return backend -> {
            long shift = instances.incrementAndGet();
            return new ForwardingBackend(backend) {
                @Override
                public StreamPage readStream(StreamId stream, Direction direction, long from, int limit) {
                    return StreamMutants.changed(
                            backend.readStream(stream, direction, from, limit),
                            event -> ReadMutants.at(
                                    event, event.version(), Positions.of(Positions.number(event.position()) + shift)));
                }
            };
        };
    }

    private static Backend withOwnSnapshots(Backend backend) {
        SnapshotStore own = MemoryFixture.open("").facet(SnapshotStore.class).orElseThrow();
        return new ForwardingBackend(backend) {
            @Override
            public <T> Optional<T> facet(Class<T> type) {
                return type == SnapshotStore.class ? Optional.of(type.cast(own)) : backend.facet(type);
            }
        };
    }

    private static UnaryOperator<Backend> closingAll() {
        AtomicBoolean closed = new AtomicBoolean();
        return backend -> new ForwardingBackend(backend) {
            @Override
            public AppendOutcome append(AppendRequest request) {
                if (closed.get()) {
                    throw new StoreClosed();
                }
                return backend.append(request);
            }

            @Override
            public void close() {
                closed.set(true);
                backend.close();
            }
        };
    }
}

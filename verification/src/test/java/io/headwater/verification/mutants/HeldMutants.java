package io.headwater.verification.mutants;

import static io.headwater.verification.mutants.Mutant.ofReadLog;
import static io.headwater.verification.mutants.Mutant.ofReadStream;

import io.headwater.AppendOutcome;
import io.headwater.AppendRequest;
import io.headwater.Direction;
import io.headwater.ExpectedVersion;
import io.headwater.LogFilter;
import io.headwater.LogPage;
import io.headwater.Position;
import io.headwater.StoreUnavailable;
import io.headwater.StreamId;
import io.headwater.StreamWrite;
import io.headwater.memory.ForwardingBackend;
import io.headwater.memory.HoldingBackend.Reckless;
import io.headwater.spi.Backend;
import io.headwater.spi.HeldAppend;
import io.headwater.spi.HeldAppends;
import io.headwater.spi.StreamPage;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** Appends that are not committed, seen too early, skipped, or in the way for ever (A5, G3, G4, G7, K4, T). */
final class HeldMutants {
    static final List<Mutant> ALL = List.of(
            Mutant.of(
                    "what commits late is skipped",
                    new String[] {
                        "G3.7", "G3.8", "G3.9", "G3.10", "G3.11", "G3.12", "G7.4", "S1.28", "S1.29", "S1.30", "S1.31",
                        "S1.32", "S1.33", "S1.34", "G8.6"
                    },
                    HeldMutants::reckless),
            ofReadLog(
                    "a filtered read passes what is not committed",
                    (backend, from, direction, filter, limit) ->
                            (filter.isAll() ? backend : below(backend)).readLog(from, direction, filter, limit),
                    "G3.8",
                    "G3.9",
                    "G7.4",
                    "S1.29",
                    "S1.30"),
            Mutant.of(
                    "the head is the last place that was given",
                    new String[] {"G7.4"},
                    HeldMutants::headOfAllThatIsGiven),
            Mutant.of(
                    "a time is looked up in what is committed",
                    new String[] {"G10.5"},
                    HeldMutants::timesOfCommittedEvents),
            ofReadStream(
                    "stream reads end where the log does",
                    (backend, stream, direction, from, limit) -> {
                        Position head = backend.head();
                        StreamPage page = backend.readStream(stream, direction, from, limit);
                        return new StreamPage(
                                page.version(),
                                page.first(),
                                page.events().stream()
                                        .filter(event -> !event.position().isAfter(head))
                                        .toList());
                    },
                    "T4.5"),
            Mutant.of(
                    "nothing counts as decided beyond the head", new String[] {"K4.11"}, HeldMutants::decidingUpToHead),
            ofHeld(
                    "what is not committed is seen",
                    (backend, request) -> {
                        AppendOutcome outcome = backend.append(request);
                        return ending(() -> outcome, () -> {});
                    },
                    "T2.4",
                    "T2.5",
                    "T2.6",
                    "T1.3"),
            ofHeld(
                    "a rollback commits",
                    (backend, request) -> {
                        HeldAppend held = sound(backend).hold(request);
                        return ending(held::commit, held::commit);
                    },
                    "T1.3",
                    "A5.13",
                    "G4.4",
                    "G4.5",
                    "G3.12"),
            ofHeld(
                    "a rollback is forgotten",
                    (backend, request) -> ending(sound(backend).hold(request)::commit, () -> {}),
                    "A5.13",
                    "G4.4",
                    "G4.5"),
            Mutant.of(
                    "what is held when a store closes stays so",
                    new String[] {"G4.3", "L2.7"},
                    backend -> new ForwardingBackend(backend) {
                        @Override
                        public void close() {}
                    }),
            Mutant.of("reads wait for what is not committed", new String[] {"G4.2"}, readsWaiting()),
            Mutant.of("appends fail beside one that is held", new String[] {"A5.11", "T4.5"}, failingBeside()),
            ofHeld(
                    "a held append does not keep others from its stream",
                    (backend, request) -> ending(() -> backend.append(unconditional(request)), () -> {}),
                    "A5.12",
                    "I1.16"));

    private HeldMutants() {}

    private static Backend below(Backend backend) {
        return backend.facet(Reckless.class).orElseThrow().backend();
    }

    private static HeldAppends sound(Backend backend) {
        return backend.facet(HeldAppends.class).orElseThrow();
    }

    private static Backend reckless(Backend backend) {
        return new ForwardingBackend(backend) {
            @Override
            public LogPage readLog(Position from, Direction direction, LogFilter filter, int limit) {
                return below(backend).readLog(from, direction, filter, limit);
            }

            @Override
            public Position head() {
                return below(backend).head();
            }
        };
    }

    private static Backend decidingUpToHead(Backend backend) {
        return new ForwardingBackend(backend) {
            @Override
            public Position lastDecided() {
                return backend.head();
            }
        };
    }

    private static Backend headOfAllThatIsGiven(Backend backend) {
        return new ForwardingBackend(backend) {
            @Override
            public Position head() {
                return below(backend).head();
            }
        };
    }

    private static Backend timesOfCommittedEvents(Backend backend) {
        return new ForwardingBackend(backend) {
            @Override
            public Position positionAt(Instant time) {
                return below(backend).positionAt(time);
            }
        };
    }

    /** Holds an append in a way of its own. */
    private interface Holding {
        HeldAppend hold(Backend backend, AppendRequest request);
    }

    private static Mutant ofHeld(String name, Holding holding, String... killers) {
        return Mutant.of(name, killers, backend -> holding(backend, holding));
    }

    private static Backend holding(Backend backend, Holding holding) {
        HeldAppends broken = new HeldAppends() {
            @Override
            public HeldAppend hold(AppendRequest request) {
                return holding.hold(backend, request);
            }

            @Override
            public boolean holdsUpAppends() {
                return false;
            }
        };
        return new ForwardingBackend(backend) {
            @Override
            public <T> Optional<T> facet(Class<T> type) {
                return type == HeldAppends.class ? Optional.of(type.cast(broken)) : backend.facet(type);
            }
        };
    }

    private static HeldAppend ending(Supplier<AppendOutcome> commit, Runnable rollback) {
        return new HeldAppend() {
            @Override
            public AppendOutcome commit() {
                return commit.get();
            }

            @Override
            public void rollback() {
                rollback.run();
            }
        };
    }

    /** A held append that counts as long as it is open. */
    private static Holding counting(AtomicInteger open) {
        return (backend, request) -> {
            HeldAppend held = sound(backend).hold(request);
            open.incrementAndGet();
            return ending(
                    () -> {
                        open.decrementAndGet();
                        return held.commit();
                    },
                    () -> {
                        open.decrementAndGet();
                        held.rollback();
                    });
        };
    }

    private static UnaryOperator<Backend> readsWaiting() {
        AtomicInteger open = new AtomicInteger();
        return backend -> new ForwardingBackend(holding(backend, counting(open))) {
            @Override
            public StreamPage readStream(StreamId stream, Direction direction, long from, int limit) {
                while (open.get() > 0) {
                    Thread.onSpinWait();
                }
                return sound.readStream(stream, direction, from, limit);
            }
        };
    }

    private static UnaryOperator<Backend> failingBeside() {
        AtomicInteger open = new AtomicInteger();
        return backend -> new ForwardingBackend(holding(backend, counting(open))) {
            @Override
            public AppendOutcome append(AppendRequest request) {
                if (open.get() > 0) {
                    throw new StoreUnavailable("another append is open", null);
                }
                return sound.append(request);
            }
        };
    }

    private static AppendRequest unconditional(AppendRequest request) {
        return new AppendRequest(
                request.writes().stream()
                        .map(write -> new StreamWrite(write.stream(), ExpectedVersion.any(), write.events()))
                        .toList(),
                List.of());
    }
}

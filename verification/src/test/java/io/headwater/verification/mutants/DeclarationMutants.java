package io.headwater.verification.mutants;

import static io.headwater.verification.Proxies.altered;
import static io.headwater.verification.mutants.Mutant.ofAppend;
import static io.headwater.verification.mutants.Mutant.ofStore;

import io.headwater.AppendOutcome;
import io.headwater.AppendOutcome.Appended;
import io.headwater.AppendRequest;
import io.headwater.AppendResult;
import io.headwater.BackendFailure;
import io.headwater.Capabilities;
import io.headwater.Capability;
import io.headwater.EventData;
import io.headwater.EventStore;
import io.headwater.Idempotency;
import io.headwater.Limits;
import io.headwater.Position;
import io.headwater.StreamWrite;
import io.headwater.Support;
import io.headwater.memory.ForwardingBackend;
import io.headwater.spi.Backend;
import io.headwater.spi.CapabilityFacets;
import io.headwater.spi.support.AppendDecision;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * What a store declares gone wrong: boasters declare what they have not, shy ones hide what they have (E2, G8, I3, P4).
 */
final class DeclarationMutants {
    private static final Map<Capability, List<String>> KILLERS = Map.of(
            Capability.MULTI_STREAM_APPEND, List.of("E2.1"),
            Capability.STREAM_ADMIN, List.of("E2.2"),
            Capability.SCAVENGE, List.of("E2.3"),
            Capability.SNAPSHOTS, List.of("E2.4", "Z1.2"),
            Capability.STREAM_CATALOG, List.of("E2.5"),
            Capability.POSITION_AT_TIME, List.of("E2.6"),
            Capability.BULK_IMPORT, List.of("E2.7"),
            Capability.DIAGNOSTICS, List.of("E2.8", "F3.1"),
            Capability.REPLICATION, List.of("E2.12"));

    /** A mutant, and the name of what it declares wrongly. */
    record Lie(String declaration, Mutant mutant) {
        @Override
        public String toString() {
            return mutant.name();
        }
    }

    private DeclarationMutants() {}

    static List<Mutant> all() {
        Mutant taking = ofStore(
                "more is taken than is declared",
                store -> altered(
                        EventStore.class,
                        store,
                        "capabilities",
                        none -> Capabilities.of(Limits.MIN).with(Support.NATIVE, Capability.values())),
                "P4.8",
                "P4.9",
                "P4.10",
                "P4.14");
        Mutant modest = Mutant.of(
                "everything works, and nothing is declared",
                new String[] {"E2.11"},
                backend -> declaring(backend, backend.capabilities().with(Support.NONE, Capability.values())));
        Mutant few = ofAppend(
                "an append takes few streams",
                (backend, request) -> {
                    if (request.streamCount() > 20) {
                        throw new BackendFailure("too many items in one transaction", null);
                    }
                    return backend.append(request);
                },
                "P4.12");
        return Stream.concat(lies().map(Lie::mutant), Stream.of(taking, modest, few))
                .toList();
    }

    /** Those of backends, which can be opened by a URL. */
    static Stream<Lie> lies() {
        Stream<Lie> capabilities = Arrays.stream(Capability.values())
                .flatMap(capability -> Stream.of(boasted(capability), hidden(capability)));
        Stream<Lie> useless = Arrays.stream(Capability.values())
                .filter(capability -> CapabilityFacets.of(capability).isPresent())
                .map(DeclarationMutants::useless);
        return Stream.of(capabilities, useless, limits(), levels()).flatMap(lies -> lies);
    }

    /** Declared, and not there. */
    private static Lie boasted(Capability capability) {
        UnaryOperator<Backend> breaking = backend -> new Without(backend, capability) {
            @Override
            <F> Optional<F> instead(Class<F> facet) {
                return Optional.empty();
            }
        };
        return lie(capability, " is declared, and missing", KILLERS.get(capability), breaking);
    }

    /** Declared and present, but each call throws an exception. */
    private static Lie useless(Capability capability) {
        UnaryOperator<Backend> breaking = backend -> new Without(backend, capability) {
            @Override
            <F> Optional<F> instead(Class<F> facet) {
                Object throwing = Proxy.newProxyInstance(
                        facet.getClassLoader(), new Class<?>[] {facet}, (self, method, arguments) -> {
                            throw new UnsupportedOperationException("not written yet");
                        });
                return Optional.of(facet.cast(throwing));
            }
        };
        return lie(capability, " is declared, and throws", KILLERS.get(capability), breaking);
    }

    private static Lie hidden(Capability capability) {
        UnaryOperator<Backend> breaking =
                backend -> declaring(backend, backend.capabilities().with(Support.NONE, capability));
        return lie(capability, " works, and is not declared", List.of("E2.11"), breaking);
    }

    private static Lie lie(Capability capability, String lying, List<String> killers, UnaryOperator<Backend> breaking) {
        return new Lie(
                capability.name(), Mutant.of(capability.title() + lying, killers.toArray(String[]::new), breaking));
    }

    private static ForwardingBackend declaring(Backend backend, Capabilities declared) {
        return new ForwardingBackend(backend) {
            @Override
            public Capabilities capabilities() {
                return declared;
            }
        };
    }

    private static Stream<Lie> limits() {
        Limits least = Limits.MIN;
        Limits sound = new Limits(16 << 20, 10_000, 64 << 20, 1_000);
        return Stream.of(
                refusing("maxEventBytes", "P4.5", request -> size(request) > 1 << 20 && request.eventCount() == 1),
                refusing("maxEventsPerAppend", "P4.6", request -> request.eventCount() > 1000),
                refusing("maxAppendBytes", "P4.7", request -> size(request) > 1 << 20 && request.eventCount() > 1),
                below("maxEventBytes", new Limits(1000, sound.maxEventsPerAppend(), sound.maxAppendBytes(), 25)),
                below("maxEventsPerAppend", new Limits(sound.maxEventBytes(), 10, sound.maxAppendBytes(), 25)),
                below("maxAppendBytes", new Limits(least.maxEventBytes(), sound.maxEventsPerAppend(), 2000, 25)),
                refusing("maxStreamsPerAppend", "P4.13", request -> request.streamCount() > 100),
                below(
                        "maxStreamsPerAppend",
                        new Limits(sound.maxEventBytes(), sound.maxEventsPerAppend(), sound.maxAppendBytes(), 24)));
    }

    private static long size(AppendRequest request) {
        return request.writes().stream()
                .flatMap(write -> write.events().stream())
                .mapToLong(event -> event.size())
                .sum();
    }

    private static Lie refusing(String limit, String killer, Predicate<AppendRequest> tooMuch) {
        Mutant.Append append = (backend, request) -> {
            if (tooMuch.test(request)) {
                throw new BackendFailure("value too long for the column", null);
            }
            return backend.append(request);
        };
        return new Lie(limit, ofAppend("the declared " + limit + " is refused", append, killer));
    }

    private static Lie below(String limit, Limits declared) {
        return new Lie(
                limit, Mutant.of("the declared " + limit + " is below the least", new String[] {"P4.1"}, backend -> {
                    Capabilities sound = backend.capabilities();
                    return declaring(
                            backend,
                            new Capabilities(sound.support(), sound.idempotency(), sound.logVisibility(), declared));
                }));
    }

    private static Stream<Lie> levels() {
        return Stream.of(
                new Lie(
                        "idempotency",
                        Mutant.of("repeats are recognised for ever, it says", new String[] {"I3.12"}, backend -> {
                            Capabilities sound = backend.capabilities();
                            return declaring(
                                    backend,
                                    new Capabilities(
                                            sound.support(),
                                            Idempotency.ALWAYS,
                                            sound.logVisibility(),
                                            sound.limits()));
                        })),
                new Lie(
                        "idempotency",
                        ofAppend("old repeats are recognised, other than declared", remembering(), "I3.12")),
                new Lie(
                        "logVisibility",
                        Mutant.of("the log is seen at once, it says", new String[] {"G8.2"}, Late::new)));
    }

    private static Mutant.Append remembering() {
        Map<List<UUID>, Appended> nonExact = new ConcurrentHashMap<>();
        return (backend, request) -> {
            StreamWrite write = request.writes().get(0);
            List<UUID> ids = write.events().stream().map(EventData::id).toList();
            Appended original = AppendDecision.isExact(write.expected()) ? null : nonExact.get(ids);
            if (original != null) {
                AppendResult first = original.first();
                return new Appended(List.of(new AppendResult(first.stream(), first.version(), first.position(), true)));
            }
            AppendOutcome outcome = backend.append(request);
            if (outcome instanceof Appended appended && !AppendDecision.isExact(write.expected())) {
                nonExact.put(ids, appended);
            }
            return outcome;
        };
    }

    /** Has something else instead of one capability. */
    private abstract static class Without extends ForwardingBackend {
        private final Capability missing;

        Without(Backend sound, Capability missing) {
            super(sound);
            this.missing = missing;
        }

        abstract <F> Optional<F> instead(Class<F> facet);

        @Override
        public <T> Optional<T> facet(Class<T> type) {
            return CapabilityFacets.behind(type).filter(missing::equals).isPresent()
                    ? instead(type)
                    : sound.facet(type);
        }

        @Override
        public AppendOutcome append(AppendRequest request) {
            if (missing == Capability.MULTI_STREAM_APPEND && request.isMultiStream()) {
                throw new UnsupportedOperationException("one stream at a time");
            }
            return sound.append(request);
        }

        @Override
        public Position positionAt(Instant time) {
            if (missing == Capability.POSITION_AT_TIME) {
                throw new UnsupportedOperationException("times are not kept");
            }
            return sound.positionAt(time);
        }
    }

    /** Its head is the one of the look before. */
    private static final class Late extends ForwardingBackend {
        private final AtomicReference<Position> before;

        Late(Backend sound) {
            super(sound);
            before = new AtomicReference<>(sound.head());
        }

        @Override
        public Position head() {
            return before.getAndSet(sound.head());
        }
    }
}

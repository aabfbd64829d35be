package io.headwater.verification.mutants;

import static io.headwater.ExpectedVersion.any;
import static io.headwater.verification.Proxies.altered;
import static io.headwater.verification.Proxies.invoked;

import io.headwater.AppendRequest;
import io.headwater.Capabilities;
import io.headwater.EventData;
import io.headwater.EventStore;
import io.headwater.InvalidRequest;
import io.headwater.StreamCheck;
import io.headwater.StreamId;
import io.headwater.StreamWrite;
import io.headwater.memory.ForwardingBackend;
import io.headwater.spi.Backend;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Ids of streams that a store reserves, gone wrong (P2). */
final class ReservedIdMutants {
    private static final String PREFIX = "reserved:";

    static final List<Mutant> ALL = List.of(
            Mutant.ofStore(
                    "reserved ids are refused in appends only",
                    store -> telling(refusing(store, Set.of("append", "tryAppend")), Optional.of(PREFIX)),
                    "P2.19"),
            Mutant.ofStore(
                    "reserved ids are refused, but not by facets and subscriptions",
                    store -> telling(
                            refusing(store, Set.of("append", "tryAppend", "handle", "readStream", "stream", "version")),
                            Optional.of(PREFIX)),
                    "P2.19"),
            Mutant.ofStore("reserved ids are taken", store -> telling(store, Optional.of(PREFIX)), "P2.19"),
            reserving("reserved:1", "ids with a longer prefix are refused than is told", Optional.of(PREFIX), "P2.19"),
            reserving("reserved", "ids with a shorter prefix are refused than is told", Optional.of(PREFIX), "P2.20"),
            reserving("headwater:", "ids are refused, and no prefix is told", Optional.empty(), "P2.19", "P2.20"),
            Mutant.of("an own stream is in the log", new String[] {"P2.19"}, backend -> {
                StreamId own = StreamId.of(PREFIX + "own");
                backend.append(AppendRequest.to(own, any(), EventData.json("Opened", "{}")));
                return declaring(backend, PREFIX);
            }));

    private ReservedIdMutants() {}

    /** A store that reserves a prefix as it should. */
    static Mutant sound() {
        return Mutant.of("ids are reserved", new String[0], backend -> declaring(backend, PREFIX));
    }

    /** A store that refuses the ids with one prefix, and tells of another. */
    private static Mutant reserving(String refused, String name, Optional<String> told, String... killers) {
        return new Mutant(
                name, backend -> declaring(backend, refused), store -> telling(store, told), List.of(killers));
    }

    private static Backend declaring(Backend backend, String prefix) {
        Capabilities declared = backend.capabilities().reserving(prefix);
        return new ForwardingBackend(backend) {
            @Override
            public Capabilities capabilities() {
                return declared;
            }
        };
    }

    private static EventStore telling(EventStore store, Optional<String> prefix) {
        Capabilities sound = store.capabilities();
        Capabilities told =
                new Capabilities(sound.support(), sound.idempotency(), sound.logVisibility(), sound.limits(), prefix);
        return altered(EventStore.class, store, "capabilities", none -> told);
    }

    /** Refuses reserved ids in these methods alone. */
    private static EventStore refusing(EventStore store, Set<String> methods) {
        return (EventStore) Proxy.newProxyInstance(
                EventStore.class.getClassLoader(), new Class<?>[] {EventStore.class}, (self, method, arguments) -> {
                    if (methods.contains(method.getName()) && isReserved(arguments)) {
                        throw new InvalidRequest("the id is reserved");
                    }
                    return invoked(method, store, arguments);
                });
    }

    private static boolean isReserved(Object @Nullable [] arguments) {
        return arguments != null && Arrays.stream(arguments).anyMatch(ReservedIdMutants::isReserved);
    }

    private static boolean isReserved(Object argument) {
        if (argument instanceof AppendRequest request) {
            return Stream.concat(
                            request.writes().stream().map(StreamWrite::stream),
                            request.checks().stream().map(StreamCheck::stream))
                    .anyMatch(ReservedIdMutants::isReserved);
        }
        return argument instanceof StreamId id && id.value().startsWith(PREFIX);
    }
}

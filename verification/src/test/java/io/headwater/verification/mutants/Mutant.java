package io.headwater.verification.mutants;

import static io.headwater.verification.Proxies.altered;

import io.headwater.AppendOutcome;
import io.headwater.AppendRequest;
import io.headwater.AsyncBatchHandler;
import io.headwater.Direction;
import io.headwater.EventStore;
import io.headwater.EventStores;
import io.headwater.LogFilter;
import io.headwater.LogPage;
import io.headwater.Position;
import io.headwater.StreamId;
import io.headwater.Subscription;
import io.headwater.SubscriptionOptions;
import io.headwater.memory.ForwardingBackend;
import io.headwater.spi.Backend;
import io.headwater.spi.CheckpointStore;
import io.headwater.spi.StreamPage;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The reference backend, or a store above it, with one thing broken, and the rules that must notice.
 *
 * @param name what is broken
 * @param backend breaks the backend
 * @param store breaks the store above it, its subscriptions above all
 * @param killers ids of rules, each of which must fail
 */
public record Mutant(
        String name, UnaryOperator<Backend> backend, UnaryOperator<EventStore> store, List<String> killers) {

    /** This mutant over a sound backend, with something between the broken backend and what is above it. */
    EventStore over(Backend sound, UnaryOperator<Backend> between) {
        return store.apply(EventStores.over("mutant", between.apply(backend.apply(sound))));
    }

    /** This mutant over a sound backend, with this monotonic clock for leases. */
    EventStore over(Backend sound, LongSupplier nanoTime) {
        return store.apply(EventStores.over("mutant", backend.apply(sound), nanoTime));
    }

    /** As {@link #over}, opened read-only. */
    EventStore readOnlyOver(Backend sound) {
        return store.apply(EventStores.readOnlyOver("mutant", backend.apply(sound)));
    }

    /** A mutant that appends wrongly. */
    static Mutant ofAppend(String name, Append append, String... killers) {
        return of(name, killers, backend -> new ForwardingBackend(backend) {
            @Override
            public AppendOutcome append(AppendRequest request) {
                return append.append(backend, request);
            }
        });
    }

    /** A mutant that reads streams wrongly. */
    static Mutant ofReadStream(String name, ReadStream read, String... killers) {
        return of(name, killers, backend -> new ForwardingBackend(backend) {
            @Override
            public StreamPage readStream(StreamId stream, Direction direction, long from, int limit) {
                return read.readStream(backend, stream, direction, from, limit);
            }
        });
    }

    /** A mutant that reads the log wrongly. */
    static Mutant ofReadLog(String name, ReadLog read, String... killers) {
        return of(name, killers, backend -> new ForwardingBackend(backend) {
            @Override
            public LogPage readLog(Position from, Direction direction, LogFilter filter, int limit) {
                return read.readLog(backend, from, direction, filter, limit);
            }
        });
    }

    /** A mutant with a wrong facet. */
    static <F> Mutant ofFacet(String name, Class<F> facet, UnaryOperator<F> breaking, String... killers) {
        return of(name, killers, backend -> new ForwardingBackend(backend) {
            @Override
            public <T> Optional<T> facet(Class<T> type) {
                Optional<T> sound = backend.facet(type);
                return type == facet ? sound.map(found -> type.cast(breaking.apply(facet.cast(found)))) : sound;
            }
        });
    }

    /** A mutant that keeps checkpoints wrongly. */
    static Mutant ofCheckpoints(String name, UnaryOperator<CheckpointStore> breaking, String... killers) {
        return of(name, killers, backend -> new ForwardingBackend(backend) {
            @Override
            public CheckpointStore checkpoints() {
                return breaking.apply(backend.checkpoints());
            }
        });
    }

    /** Any other mutant. */
    public static Mutant of(String name, String[] killers, UnaryOperator<Backend> breaking) {
        return new Mutant(name, breaking, UnaryOperator.identity(), List.of(killers));
    }

    /** A mutant whose store is wrong, over a sound backend. */
    static Mutant ofStore(String name, UnaryOperator<EventStore> breaking, String... killers) {
        return new Mutant(name, UnaryOperator.identity(), breaking, List.of(killers));
    }

    /** A mutant whose store shows wrong checkpoints, after the checks that every store makes. */
    static Mutant ofCheckedCheckpoints(String name, UnaryOperator<CheckpointStore> breaking, String... killers) {
        return ofStore(
                name,
                store -> altered(
                        EventStore.class,
                        store,
                        "facet",
                        args -> store.facet((Class<?>) args[0])
                                .map(facet -> facet instanceof CheckpointStore checkpoints
                                        ? breaking.apply(checkpoints)
                                        : facet)),
                killers);
    }

    /** A mutant that subscribes wrongly. */
    static Mutant ofSubscribe(String name, Subscribe subscribe, String... killers) {
        return ofStore(
                name,
                store -> altered(
                        EventStore.class,
                        store,
                        "subscribeAsync",
                        args -> subscribe.subscribe(store, (SubscriptionOptions) args[0], (AsyncBatchHandler) args[1])),
                killers);
    }

    /** A mutant whose subscriptions do something else than they were told. */
    static Mutant ofOptions(String name, UnaryOperator<SubscriptionOptions> breaking, String... killers) {
        return ofSubscribe(
                name, (store, options, handler) -> store.subscribeAsync(breaking.apply(options), handler), killers);
    }

    /** A mutant that calls handlers wrongly; one for each subscription. */
    static Mutant ofHandler(String name, UnaryOperator<AsyncBatchHandler> breaking, String... killers) {
        return ofSubscribe(
                name, (store, options, handler) -> store.subscribeAsync(options, breaking.apply(handler)), killers);
    }

    /** A mutant whose subscriptions are wrong in one method. */
    static Mutant ofSubscription(String name, String method, Answer answer, String... killers) {
        return ofSubscribe(
                name,
                (store, options, handler) -> {
                    Subscription sound = store.subscribeAsync(options, handler);
                    return altered(Subscription.class, sound, method, args -> answer.instead(sound, args));
                },
                killers);
    }

    interface Append {
        AppendOutcome append(Backend backend, AppendRequest request);
    }

    interface ReadStream {
        StreamPage readStream(Backend backend, StreamId stream, Direction direction, long from, int limit);
    }

    interface Subscribe {
        Subscription subscribe(EventStore store, SubscriptionOptions options, AsyncBatchHandler handler);
    }

    interface Answer {
        @Nullable
        Object instead(Subscription sound, Object[] arguments);
    }

    interface ReadLog {
        LogPage readLog(Backend backend, Position from, Direction direction, LogFilter filter, int limit);
    }
}

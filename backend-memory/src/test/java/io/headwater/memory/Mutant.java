package io.headwater.memory;

import io.headwater.AppendOutcome;
import io.headwater.AppendRequest;
import io.headwater.Direction;
import io.headwater.LogFilter;
import io.headwater.LogPage;
import io.headwater.Position;
import io.headwater.StreamId;
import io.headwater.spi.Backend;
import io.headwater.spi.CheckpointStore;
import io.headwater.spi.StreamPage;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The reference backend with one thing broken, and the rules that must notice.
 *
 * @param name what is broken
 * @param breaking breaks it
 * @param killers ids of rules, each of which must fail
 */
record Mutant(String name, UnaryOperator<Backend> breaking, List<String> killers) {

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
    static Mutant of(String name, String[] killers, UnaryOperator<Backend> breaking) {
        return new Mutant(name, breaking, List.of(killers));
    }

    interface Append {
        AppendOutcome append(Backend backend, AppendRequest request);
    }

    interface ReadStream {
        StreamPage readStream(Backend backend, StreamId stream, Direction direction, long from, int limit);
    }

    interface ReadLog {
        LogPage readLog(Backend backend, Position from, Direction direction, LogFilter filter, int limit);
    }
}

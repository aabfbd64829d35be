package io.headwater.verification.mutants;

import io.headwater.Direction;
import io.headwater.StreamDeleted;
import io.headwater.StreamId;
import io.headwater.memory.ForwardingBackend;
import io.headwater.spi.Backend;
import io.headwater.spi.StreamPage;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** What mutants of one situation are made of. */
final class Situations {
    private Situations() {}

    static String[] killers(String... rules) {
        return rules;
    }

    static Mutant of(String name, UnaryOperator<Backend> breaking, String... killers) {
        return Mutant.of(name, killers, breaking);
    }

    /** The same with one part broken, which may look at the backend. */
    static <F> Backend part(Backend backend, Class<F> facet, UnaryOperator<F> breaking) {
        return new ForwardingBackend(backend) {
            @Override
            public <T> Optional<T> facet(Class<T> type) {
                Optional<T> found = backend.facet(type);
                return type == facet ? found.map(there -> type.cast(breaking.apply(facet.cast(there)))) : found;
            }
        };
    }

    static StreamPage end(Backend backend, StreamId stream) {
        return backend.readStream(stream, Direction.BACKWARDS, Long.MAX_VALUE, 1);
    }

    static boolean isTombstoned(Backend backend, StreamId stream) {
        try {
            return end(backend, stream).version() < 0;
        } catch (StreamDeleted tombstoned) {
            return true;
        }
    }
}

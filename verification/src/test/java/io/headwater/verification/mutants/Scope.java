package io.headwater.verification.mutants;

import io.headwater.memory.ForwardingBackend;
import io.headwater.spi.Backend;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;

/** Which stores over one storage share what a mutant keeps, where all should. */
enum Scope {
    /** One instance. */
    INSTANCE("is known to one instance"),
    /** All instances of one process. */
    PROCESS("is known to one process"),
    /** All stores that are open together: a restart ends it. */
    RESTART("is lost on a restart");

    private final String title;

    Scope(String title) {
        this.title = title;
    }

    /** What is kept for one scope: anything, by anything. */
    static final class Kept {
        final Map<Object, Object> things = new ConcurrentHashMap<>();
    }

    /** A mutant whose stores have something in common only within this scope. */
    Mutant mutant(String what, BiFunction<Backend, Kept, Backend> keeping, String... killers) {
        return Mutant.of(what + " " + title, killers, within(keeping));
    }

    private UnaryOperator<Backend> within(BiFunction<Backend, Kept, Backend> keeping) {
        return switch (this) {
            case INSTANCE -> backend -> keeping.apply(backend, new Kept());
            case PROCESS -> {
                Kept here = new Kept();
                Kept there = new Kept();
                yield backend -> keeping.apply(backend, backend instanceof MortalStore.Storage ? there : here);
            }
            case RESTART -> new UntilRestart(keeping);
        };
    }

    private static final class UntilRestart implements UnaryOperator<Backend> {
        private final BiFunction<Backend, Kept, Backend> keeping;
        private Kept kept = new Kept();
        private int open;

        UntilRestart(BiFunction<Backend, Kept, Backend> keeping) {
            this.keeping = keeping;
        }

        @Override
        public synchronized Backend apply(Backend backend) {
            open++;
            return new ForwardingBackend(keeping.apply(backend, kept)) {
                @Override
                public void close() {
                    super.close();
                    left();
                }
            };
        }

        private synchronized void left() {
            open--;
            if (open == 0) {
                kept = new Kept();
            }
        }
    }
}

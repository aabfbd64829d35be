package io.headwater.tck.catalogue.support;

import io.headwater.AppendOutcomeUnknown;
import io.headwater.EventStoreException;
import io.headwater.StoreUnavailable;
import io.headwater.spi.Backend;
import io.headwater.spi.CheckpointStore;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What rules put between a storage and the store above it. */
public final class Between {
    private Between() {}

    /** The same, but for one method. */
    public static <T> T instead(Class<T> type, T sound, String method, Supplier<Object> answer) {
        return around(
                type,
                sound,
                (self, called, arguments) ->
                        called.getName().equals(method) ? answer.get() : invoke(sound, called, arguments));
    }

    /** What becomes of a call. */
    public enum Fate {
        /** All goes well. */
        PASSES,
        /** It does not reach the storage. */
        FAILS,
        /** It does, and the reply is lost. */
        LOSES_REPLY
    }

    private static final List<Fate> DICE = List.of(Fate.PASSES, Fate.PASSES, Fate.FAILS, Fate.LOSES_REPLY);

    /** A connection that the rule cuts and mends: what becomes of a call depends on its method. */
    public static final class Line {
        private static final Set<String> LOCAL = Set.of("capabilities", "onAppend", "pollInterval", "facet", "close");

        private final AtomicInteger refused = new AtomicInteger();
        private volatile Function<String, Fate> fates = method -> Fate.PASSES;

        /** Nothing reaches the storage from now on. */
        public void cut() {
            fates = method -> Fate.FAILS;
        }

        /** Only these methods do not. */
        public void cut(String... methods) {
            Set<String> cut = Set.of(methods);
            fates = method -> cut.contains(method) ? Fate.FAILS : Fate.PASSES;
        }

        /** The next call of this method has this fate, and all others go well. */
        public void next(String method, Fate fate) {
            AtomicBoolean due = new AtomicBoolean(true);
            fates = called -> called.equals(method) && due.compareAndSet(true, false) ? fate : Fate.PASSES;
        }

        /** One of four calls of this method fails before it reaches the storage, and one of four after. */
        public void disturb(String method, Random random) {
            fates = called -> called.equals(method) ? DICE.get(random.nextInt(DICE.size())) : Fate.PASSES;
        }

        public void mend() {
            fates = method -> Fate.PASSES;
        }

        /** How many calls did not reach the storage. */
        public int refused() {
            return refused.get();
        }

        public Backend to(Backend backend) {
            CheckpointStore checkpoints = guarded(CheckpointStore.class, backend.checkpoints());
            Backend guarded = guarded(Backend.class, backend);
            return around(Backend.class, backend, (self, method, arguments) -> switch (method.getName()) {
                case "checkpoints" -> checkpoints;
                case "facet" -> facet(backend, (Class<?>) Objects.requireNonNull(arguments)[0]);
                default -> invoke(guarded, method, arguments);
            });
        }

        private <T> Optional<T> facet(Backend backend, Class<T> type) {
            return backend.facet(type).map(sound -> guarded(type, sound));
        }

        private <T> T guarded(Class<T> type, T sound) {
            return around(type, sound, (self, method, arguments) -> {
                Fate fate = LOCAL.contains(method.getName()) ? Fate.PASSES : fates.apply(method.getName());
                if (fate == Fate.FAILS) {
                    refused.incrementAndGet();
                    throw new StoreUnavailable("the rule has cut the connection", null);
                }
                Object outcome = invoke(sound, method, arguments);
                if (fate == Fate.LOSES_REPLY) {
                    throw lost(method);
                }
                return outcome;
            });
        }

        /** Of what is not an append, it does not matter. */
        private static EventStoreException lost(Method method) {
            return method.getName().startsWith("append")
                    ? new AppendOutcomeUnknown("the rule has lost the reply", null)
                    : new StoreUnavailable("the rule has lost the reply", null);
        }
    }

    public static <T> T around(Class<T> type, T sound, InvocationHandler calls) {
        return type.cast(Proxy.newProxyInstance(sound.getClass().getClassLoader(), new Class<?>[] {type}, calls));
    }

    public static @Nullable Object invoke(Object sound, Method method, @Nullable Object @Nullable [] arguments)
            throws Throwable {
        try {
            return method.invoke(sound, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}

package io.headwater.tck.catalogue;

import io.headwater.StoreUnavailable;
import io.headwater.spi.Backend;
import io.headwater.spi.CheckpointStore;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What rules put between a storage and the store above it. */
final class Between {
    private Between() {}

    /** The same, but for one method. */
    static <T> T instead(Class<T> type, T sound, String method, Supplier<Object> answer) {
        return around(
                type,
                sound,
                (self, called, arguments) ->
                        called.getName().equals(method) ? answer.get() : invoke(sound, called, arguments));
    }

    /** A connection that the rule cuts and mends: while it is cut, these methods do not reach the storage. */
    static final class Line {
        private static final Set<String> LOCAL = Set.of("capabilities", "onAppend", "pollInterval", "facet", "close");

        private final AtomicInteger refused = new AtomicInteger();
        private volatile Predicate<String> cut = method -> false;

        /** Nothing reaches the storage from now on. */
        void cut() {
            cut = method -> true;
        }

        /** Only these methods do not. */
        void cut(String... methods) {
            cut = Set.of(methods)::contains;
        }

        void mend() {
            cut = method -> false;
        }

        /** How many calls did not reach the storage. */
        int refused() {
            return refused.get();
        }

        Backend to(Backend backend) {
            CheckpointStore checkpoints = guarded(CheckpointStore.class, backend.checkpoints());
            return instead(Backend.class, guarded(Backend.class, backend), "checkpoints", () -> checkpoints);
        }

        private <T> T guarded(Class<T> type, T sound) {
            return around(type, sound, (self, method, arguments) -> {
                if (!LOCAL.contains(method.getName()) && cut.test(method.getName())) {
                    refused.incrementAndGet();
                    throw new StoreUnavailable("the rule has cut the connection", null);
                }
                return invoke(sound, method, arguments);
            });
        }
    }

    static <T> T around(Class<T> type, T sound, InvocationHandler calls) {
        return type.cast(Proxy.newProxyInstance(sound.getClass().getClassLoader(), new Class<?>[] {type}, calls));
    }

    static @Nullable Object invoke(Object sound, Method method, @Nullable Object @Nullable [] arguments)
            throws Throwable {
        try {
            return method.invoke(sound, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}

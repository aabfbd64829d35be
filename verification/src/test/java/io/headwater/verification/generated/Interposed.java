package io.headwater.verification.generated;

import io.headwater.Capabilities;
import io.headwater.Capability;
import io.headwater.Support;
import io.headwater.spi.Backend;
import io.headwater.spi.CheckpointStore;
import io.headwater.spi.HeldAppend;
import io.headwater.spi.HeldAppends;
import io.headwater.verification.Proxies;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Sound backends of one storage, with a fault above them: every call of every part goes through it. */
final class Interposed {
    private static final Set<Class<?>> PARTS =
            Arrays.stream(Operation.values()).map(Operation::part).collect(Collectors.toUnmodifiableSet());

    private static final Object[] NONE = {};

    private final Fault fault;
    private final boolean bare;
    private int opened;
    private int open;
    private int restarts;

    /**
     * Backends with this fault.
     *
     * @param bare whether they have no capability and no facet
     */
    Interposed(Fault fault, boolean bare) {
        this.fault = fault;
        this.bare = bare;
    }

    /** The next instance. */
    synchronized Backend over(Backend sound) {
        boolean restarted = opened > 0 && open == 0;
        opened++;
        open++;
        if (restarted) {
            restarts++;
        }
        Instance instance = new Instance(sound, opened, restarts);
        if (restarted) {
            fault.restarted(instance);
        }
        return part(Backend.class, sound, new Parts(instance));
    }

    private synchronized void closed() {
        open--;
    }

    private static <T> T part(Class<T> type, Object sound, Parts parts) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (self, method, arguments) -> parts.answer(sound, self, method, arguments == null ? NONE : arguments)));
    }

    /** The parts of one instance, each the same every time. */
    private final class Parts {
        private final Instance instance;
        private final Map<Object, Object> known = new ConcurrentHashMap<>();

        Parts(Instance instance) {
            this.instance = instance;
        }

        @Nullable
        Object answer(Object sound, Object self, Method method, Object[] arguments) throws Throwable {
            Operation operation = Operation.of(method);
            if (operation == null) {
                return isShorterSave(method) && sound instanceof CheckpointStore
                        ? InvocationHandler.invokeDefault(self, method, arguments)
                        : above(Proxies.invoked(method, sound, arguments), arguments);
            }
            if (operation == Operation.CLOSE) {
                closed();
            }
            return above(fault.instead(new Call(operation, sound, arguments, instance)), arguments);
        }

        /** The answer, with the fault above it if it is a part. */
        private @Nullable Object above(@Nullable Object answer, Object[] arguments) {
            if (bare && answer instanceof Capabilities declared) {
                return declared.with(Support.NONE, Capability.values());
            }
            if (bare && answer instanceof Optional<?> && arguments.length == 1 && arguments[0] instanceof Class<?>) {
                return Optional.empty();
            }
            if (answer instanceof Optional<?> facet && arguments.length == 1 && PARTS.contains(arguments[0])) {
                return facet.map(found -> above((Class<?>) arguments[0], found));
            }
            if (answer instanceof HeldAppend held) {
                return part(HeldAppend.class, held, this);
            }
            return answer instanceof CheckpointStore && !(answer instanceof HeldAppends)
                    ? above(CheckpointStore.class, answer)
                    : answer;
        }

        private Object above(Class<?> type, Object sound) {
            return known.computeIfAbsent(type, first -> part(type, sound, this));
        }
    }

    private static boolean isShorterSave(Method method) {
        return method.getName().equals("save") && method.getParameterCount() == 3;
    }
}

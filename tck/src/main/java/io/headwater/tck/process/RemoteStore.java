package io.headwater.tck.process;

import io.headwater.EventStore;
import java.io.DataOutputStream;
import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The store of another process: each call of it, or of a facet, is made there. Subscriptions cannot be opened there, and what the
 * default methods of {@link EventStore} add to the others is done here.
 */
final class RemoteStore {
    /** Defaults that a store may answer in another way. */
    private static final Set<String> OVERRIDDEN = Set.of("lastDecided");

    private static final Set<String> NOT_REMOTE = Set.of("subscribeAsync", "pull", "subscriptions", "facet", "close");

    private final Line line;

    /** Makes a call in the other process, and returns or throws what it did there. */
    interface Line {
        @Nullable
        Object call(Frames.Content call);
    }

    private RemoteStore(Line line) {
        this.line = line;
    }

    static EventStore over(Line line) {
        RemoteStore remote = new RemoteStore(line);
        return proxy(EventStore.class, remote::store);
    }

    private static <T> T proxy(Class<T> type, InvocationHandler calls) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, calls));
    }

    private @Nullable Object store(Object self, Method method, @Nullable Object @Nullable [] arguments)
            throws Throwable {
        if (method.getDeclaringClass() == Object.class) {
            return ofObject(self, method, arguments);
        }
        if (method.isDefault() && !OVERRIDDEN.contains(method.getName())) {
            return InvocationHandler.invokeDefault(self, method, arguments);
        }
        if (!NOT_REMOTE.contains(method.getName())) {
            return call(EventStore.class, method, arguments);
        }
        return switch (method.getName()) {
            case "facet" -> facet((Class<?>) Objects.requireNonNull(given(arguments)[0], "facet"));
            case "close" -> null;
            default -> throw new UnsupportedOperationException("no subscription is opened in another process");
        };
    }

    @SuppressWarnings("ReferenceEquality") // a proxy is equal to itself alone
    private static @Nullable Object ofObject(Object self, Method method, @Nullable Object @Nullable [] arguments) {
        return switch (method.getName()) {
            case "equals" -> self == given(arguments)[0];
            case "hashCode" -> System.identityHashCode(self);
            default -> "a store of another process";
        };
    }

    private static @Nullable Object[] given(@Nullable Object @Nullable [] arguments) {
        return arguments == null ? new Object[0] : arguments;
    }

    private <T> Optional<T> facet(Class<T> type) {
        boolean there = Boolean.TRUE.equals(line.call(to -> {
            to.write(StoreProcessMain.FACET);
            to.writeUTF(type.getName());
        }));
        return there
                ? Optional.of(proxy(
                        type,
                        (self, method, arguments) -> method.getDeclaringClass() == Object.class
                                ? ofObject(self, method, arguments)
                                : call(type, method, arguments)))
                : Optional.empty();
    }

    private @Nullable Object call(Class<?> of, Method method, @Nullable Object @Nullable [] arguments) {
        return line.call(to -> writeCall(to, of, method, given(arguments)));
    }

    private static void writeCall(DataOutputStream to, Class<?> of, Method method, @Nullable Object[] arguments)
            throws IOException {
        to.write(StoreProcessMain.CALL);
        to.writeUTF(of.getName());
        to.writeUTF(method.toString());
        Values.write(to, Arrays.asList(arguments));
    }
}

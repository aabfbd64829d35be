package io.headwater.internal;

import io.headwater.BackendFailure;
import io.headwater.EventStoreException;
import io.headwater.InvalidRequest;
import io.headwater.OperationInterrupted;
import io.headwater.StoreClosed;
import io.headwater.spi.Backend;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What stands around every call of a backend: the closed store, the interrupted caller, the context of errors (E1, L2). */
final class Guard {
    private final String backend;
    private final AtomicBoolean closed = new AtomicBoolean();

    Guard(String backend) {
        this.backend = backend;
    }

    String backend() {
        return backend;
    }

    static <T> T notNull(@Nullable T value, String what) {
        if (value == null) {
            throw new InvalidRequest(what + " is null");
        }
        return value;
    }

    <T> T call(String operation, Supplier<T> work) {
        try {
            refuseWhenOver();
            return work.get();
        } catch (EventStoreException e) {
            throw explained(e).in(backend, operation);
        } catch (RuntimeException e) {
            throw explained(new BackendFailure("unexpected failure: " + e, e)).in(backend, operation);
        }
    }

    private void refuseWhenOver() {
        if (closed.get()) {
            throw new StoreClosed();
        }
        if (Thread.currentThread().isInterrupted()) {
            throw new OperationInterrupted();
        }
    }

    /** A call that failed because the store was closed under it says so, unless it knows more about its outcome. */
    private EventStoreException explained(EventStoreException e) {
        return closed.get() && e instanceof BackendFailure ? new StoreClosed(e) : e;
    }

    /** The facet with this guard around each of its methods, null arguments refused. */
    <T> T around(Class<T> type, T facet) {
        Object proxy =
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> {
                    if (method.getDeclaringClass() == Object.class) {
                        return method.invoke(facet, arguments);
                    }
                    String operation = type.getSimpleName() + "." + method.getName();
                    return call(operation, () -> invoke(facet, method, arguments));
                });
        return type.cast(proxy);
    }

    private static @Nullable Object invoke(Object facet, Method method, Object @Nullable [] arguments) {
        for (int i = 0; arguments != null && i < arguments.length; i++) {
            notNull(arguments[i], "argument " + (i + 1));
        }
        try {
            return method.invoke(facet, arguments);
        } catch (InvocationTargetException e) {
            throw unwrapped(e.getCause());
        } catch (IllegalAccessException e) {
            throw new BackendFailure("facet method " + method + " cannot be called", e);
        }
    }

    private static RuntimeException unwrapped(@Nullable Throwable thrown) {
        if (thrown instanceof Error error) {
            throw error;
        }
        return thrown instanceof RuntimeException unchecked ? unchecked : new BackendFailure("" + thrown, thrown);
    }

    void close(Backend opened) {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        try {
            opened.close();
        } catch (EventStoreException e) {
            throw e.in(backend, "close");
        }
    }
}

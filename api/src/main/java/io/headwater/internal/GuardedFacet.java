package io.headwater.internal;

import io.headwater.BackendFailure;
import io.headwater.StreamId;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;

/** A facet with the guard around each of its methods, null arguments and reserved ids refused. */
final class GuardedFacet<T> implements InvocationHandler {
    private final Guard guard;
    private final ReservedIds reserved;
    private final Class<T> type;
    private final T facet;

    private GuardedFacet(Guard guard, ReservedIds reserved, Class<T> type, T facet) {
        this.guard = guard;
        this.reserved = reserved;
        this.type = type;
        this.facet = facet;
    }

    static <T> T around(Guard guard, ReservedIds reserved, Class<T> type, T facet) {
        InvocationHandler handler = new GuardedFacet<>(guard, reserved, type, facet);
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    @Override
    public @Nullable Object invoke(Object self, Method method, Object @Nullable [] arguments) {
        if (method.getName().equals("equals") && method.getDeclaringClass() == Object.class) {
            return arguments != null && isSame(arguments[0]);
        }
        if (method.getDeclaringClass() == Object.class) {
            return invoke(method, arguments);
        }
        String operation = type.getSimpleName() + "." + method.getName();
        Object first = arguments == null || arguments.length == 0 ? null : arguments[0];
        StreamId stream = first instanceof StreamId id ? id : null;
        return guard.call(operation, stream, first, () -> {
            if (FacetTable.mayWrite(type, method.getName())) {
                guard.refuseWriting();
            }
            refuseNull(arguments);
            refuseReserved(arguments);
            return invoke(method, arguments);
        });
    }

    /** Two facets of a store are equal when the same part of the backend is behind them. */
    private boolean isSame(@Nullable Object other) {
        return other != null
                && Proxy.isProxyClass(other.getClass())
                && Proxy.getInvocationHandler(other) instanceof GuardedFacet<?> that
                && type == that.type
                && guard == that.guard
                && facet.equals(that.facet);
    }

    private static void refuseNull(Object @Nullable [] arguments) {
        for (int i = 0; arguments != null && i < arguments.length; i++) {
            Guard.notNull(arguments[i], "argument " + (i + 1));
        }
    }

    private void refuseReserved(Object @Nullable [] arguments) {
        if (arguments != null) {
            reserved.refuse(arguments);
        }
    }

    private @Nullable Object invoke(Method method, Object @Nullable [] arguments) {
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
        return thrown instanceof RuntimeException unchecked ? unchecked : Guard.unexpected(thrown);
    }
}

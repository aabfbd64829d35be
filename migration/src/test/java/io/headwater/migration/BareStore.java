package io.headwater.migration;

import io.headwater.Capabilities;
import io.headwater.EventStore;
import io.headwater.spi.Replication;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Optional;

/** Hides the facet {@link Replication} of a store, so that it is like those of other parties. */
public final class BareStore {
    private BareStore() {}

    public static EventStore of(EventStore store) {
        return of(store, store.capabilities());
    }

    /** With these capabilities, too. */
    public static EventStore of(EventStore store, Capabilities capabilities) {
        return (EventStore) Proxy.newProxyInstance(
                EventStore.class.getClassLoader(), new Class<?>[] {EventStore.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("capabilities")) {
                        return capabilities;
                    }
                    if (method.getName().equals("facet") && arguments[0] == Replication.class) {
                        return Optional.empty();
                    }
                    try {
                        return method.invoke(store, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}

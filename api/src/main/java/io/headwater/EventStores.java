package io.headwater;

import io.headwater.internal.Backends;
import io.headwater.internal.GuardedEventStore;
import io.headwater.spi.Backend;
import io.headwater.spi.BackendProvider;
import java.util.List;
import java.util.Optional;

/** Opens stores. The backend is found by the URL's scheme among those on the class or module path (L1). */
public final class EventStores {
    private EventStores() {}

    /**
     * Opens the store of this URL, such as {@code memory:test}, {@code sqlite:events.db} or {@code
     * postgresql://host/database}. Blocks while the storage is created or checked.
     *
     * @throws ConfigurationException if the URL or an option is wrong, or no backend has its scheme
     * @throws StoreMissing if there is no storage and creating it is switched off
     * @throws IncompatibleStore if the storage holds something else or a newer format
     * @throws StoreUnavailable if the storage cannot be reached
     */
    public static EventStore open(String url) {
        return open(EventStoreConfig.of(url));
    }

    /** As {@link #open(String)}. Throws {@link UnsupportedCapability} if the store lacks what the configuration requires. */
    public static EventStore open(EventStoreConfig config) {
        return Backends.open(config);
    }

    /** A store over a backend that was built in code, for backends that take objects such as a connection pool. */
    public static EventStore over(String name, Backend backend) {
        return new GuardedEventStore(name, backend);
    }

    /**
     * The tables and functions of a configured store; empty if its backend has none that could be made apart from opening it.
     *
     * @throws ConfigurationException if the URL or an option is wrong, or no backend has its scheme
     */
    public static Optional<StoreSchema> schema(EventStoreConfig config) {
        return Backends.schema(config);
    }

    /** The backends that are installed, by name. */
    public static List<BackendProvider> backends() {
        return Backends.installed();
    }
}

package io.headwater;

import io.headwater.internal.Backends;
import io.headwater.internal.GuardedEventStore;
import io.headwater.spi.Backend;
import io.headwater.spi.BackendProvider;
import io.headwater.spi.OptionDescriptor;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Opens stores. The scheme of a URL selects the backend, among those on the class path or module path (L1). Thread-safe.
 */
public final class EventStores {
    private EventStores() {}

    /**
     * Opens the store of this URL, such as {@code memory:test}, {@code sqlite:events.db} or {@code
     * postgresql://host/database}. Blocks while the storage is created or checked.
     *
     * @throws ConfigurationException if the URL or an option is invalid, or no backend has the URL's scheme
     * @throws StoreMissing if there is no storage, and the options forbid to create it
     * @throws IncompatibleStore if the storage is not an event store, or has a newer format
     * @throws StoreUnavailable if the storage cannot be reached
     */
    public static EventStore open(String url) {
        return open(EventStoreConfig.of(url));
    }

    /**
     * Opens the store of this configuration. Blocks and throws as {@link #open(String)}.
     *
     * @throws UnsupportedCapability if the store does not support a capability that the configuration requires
     */
    public static EventStore open(EventStoreConfig config) {
        return Backends.open(config);
    }

    /**
     * Opens the store of this URL read-only (L4). It can read streams, the log and what facets read, and run subscriptions
     * without a name. Calls that would write throw {@link UnsupportedCapability}. Opening it creates and changes nothing, so
     * that it needs no right to write (L5). Other stores may write to the storage at the same time. This is the same as
     * {@link #open(String)} with the option {@code access=read}.
     *
     * @throws ConfigurationException if the URL or an option is invalid, or no backend has the URL's scheme
     * @throws StoreMissing if there is no storage
     * @throws IncompatibleStore if the storage is not an event store, or has a format that this version cannot read
     * @throws StoreUnavailable if the storage cannot be reached
     */
    public static EventStore openReadOnly(String url) {
        return openReadOnly(EventStoreConfig.of(url));
    }

    /**
     * Opens the store of this configuration read-only, whatever its option {@code access} says. See {@link
     * #openReadOnly(String)}.
     */
    public static EventStore openReadOnly(EventStoreConfig config) {
        return open(ArgumentChecks.notNull(config, "configuration").readOnly());
    }

    /**
     * A store over a backend that the application constructed, for backends that take objects such as a connection pool.
     */
    public static EventStore over(String name, Backend backend) {
        return new GuardedEventStore(name, backend);
    }

    /**
     * A read-only store (L4) over a backend that the application constructed. Calls that would write do not reach the
     * backend.
     */
    public static EventStore readOnlyOver(String name, Backend backend) {
        return new GuardedEventStore(name, backend, true, System::nanoTime);
    }

    /**
     * As {@link #over(String, Backend)}, with a monotonic clock that tests can move.
     *
     * @param nanoTime see {@link EventStoreConfig#nanoTime(LongSupplier)}
     */
    public static EventStore over(String name, Backend backend, LongSupplier nanoTime) {
        return new GuardedEventStore(name, backend, false, nanoTime);
    }

    /**
     * The tables and functions of a store; empty if they cannot be created apart from opening the store, as in a backend
     * without tables.
     *
     * @throws ConfigurationException if the URL or an option is invalid, or no backend has the URL's scheme
     */
    public static Optional<StoreSchema> schema(EventStoreConfig config) {
        return Backends.schema(config);
    }

    /** The options that every store has, whatever its backend. */
    public static List<OptionDescriptor<?>> options() {
        return Backends.OPTIONS;
    }

    /** The installed backends, ordered by name. */
    public static List<BackendProvider> backends() {
        return Backends.installed();
    }
}

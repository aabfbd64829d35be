package io.headwater;

import io.headwater.internal.Backends;
import io.headwater.internal.GuardedEventStore;
import io.headwater.spi.Backend;
import io.headwater.spi.BackendProvider;
import io.headwater.spi.OptionDescriptor;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

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

    /**
     * Opens the store of this URL to read it (L4): streams, the log, the facets that read, and subscriptions without a name. Calls
     * that would write throw {@link UnsupportedCapability} and change nothing. Opening it creates and changes nothing either, so
     * that it works without the right to write; storage that other stores write to can be read meanwhile. The same as {@link
     * #open(String)} with the option {@code access=read}.
     *
     * @throws ConfigurationException if the URL or an option is wrong, or no backend has its scheme
     * @throws StoreMissing if there is no storage
     * @throws IncompatibleStore if the storage holds something else, or a format that this version does not read
     * @throws StoreUnavailable if the storage cannot be reached
     */
    public static EventStore openReadOnly(String url) {
        return openReadOnly(EventStoreConfig.of(url));
    }

    /** As {@link #openReadOnly(String)}, whatever the option {@code access} of the configuration says. */
    public static EventStore openReadOnly(EventStoreConfig config) {
        return open(ArgumentChecks.notNull(config, "configuration").readOnly());
    }

    /** A store over a backend that was built in code, for backends that take objects such as a connection pool. */
    public static EventStore over(String name, Backend backend) {
        return new GuardedEventStore(name, backend);
    }

    /** As {@link #over}, read-only (L4): calls that would write are refused, and do not reach the backend. */
    public static EventStore readOnlyOver(String name, Backend backend) {
        return new GuardedEventStore(name, backend, true, System::nanoTime);
    }

    /**
     * As {@link #over(String, Backend)}, with another monotonic clock, for tests that move it.
     *
     * @param nanoTime see {@link EventStoreConfig#nanoTime(LongSupplier)}
     */
    public static EventStore over(String name, Backend backend, LongSupplier nanoTime) {
        return new GuardedEventStore(name, backend, false, nanoTime);
    }

    /**
     * The tables and functions of a configured store; empty if its backend has none that could be made apart from opening it.
     *
     * @throws ConfigurationException if the URL or an option is wrong, or no backend has its scheme
     */
    public static Optional<StoreSchema> schema(EventStoreConfig config) {
        return Backends.schema(config);
    }

    /** The options that every store has, whatever its backend. */
    public static List<OptionDescriptor<?>> options() {
        return Backends.OPTIONS;
    }

    /** The backends that are installed, by name. */
    public static List<BackendProvider> backends() {
        return Backends.installed();
    }
}

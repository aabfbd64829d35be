package io.headwater.tck;

import io.headwater.EventStore;
import io.headwater.EventStoreConfig;
import io.headwater.EventStores;
import io.headwater.spi.Backend;
import io.headwater.tck.process.JavaStoreProcess;
import io.headwater.tck.rule.Need;
import io.headwater.tck.rule.StoreProcess;
import java.time.Clock;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * Gives the TCK access to the storage under test. For a store that is opened by its URL, use {@link #of}. Implement this
 * interface for a store that is constructed in code, or whose server the TCK is to restart. Called by one thread at a time.
 */
@FunctionalInterface
public interface StoreControl {

    /**
     * Opens a store over the storage under test, with connections and state of its own. Called for the store under test, for
     * each further instance, and after a restart. The TCK closes each store.
     */
    EventStore open();

    /**
     * As {@link #open()}, with this layer between the storage and what Headwater builds above it, by which rules make
     * connections fail or change the id of the store. By default a layer around a store of {@link #open()}, which is right
     * for every backend.
     */
    default EventStore open(UnaryOperator<Backend> between) {
        EventStore store = open();
        return EventStores.over(store.backend(), between.apply(new StoreBackend(store)));
    }

    /** As {@link #open()}, read-only. By default a store of {@link #config()}; only called if there is one. */
    default EventStore openReadOnly() {
        return EventStores.openReadOnly(config().orElseThrow());
    }

    /**
     * As {@link #open()}, with these clocks for what the backend takes from {@link
     * io.headwater.spi.BackendContext#clock()} and {@link io.headwater.spi.BackendContext#nanoTime()}. By default opened by
     * {@link #config()}. Only called if {@link #offers()} contains {@link Need#EVENT_CLOCK} or {@link Need#LEASE_CLOCK}; or
     * if there is a {@link #config()}, to check that the clock does not matter otherwise.
     */
    default EventStore open(Clock clock, LongSupplier nanoTime) {
        return EventStores.open(config().orElseThrow().clock(clock).nanoTime(nanoTime));
    }

    /**
     * As {@link #open()}, with this monotonic clock for measuring how long a lease was not renewed. By default around a
     * store of {@link #open()}, which is right for every backend.
     */
    default EventStore open(LongSupplier nanoTime) {
        EventStore store = open();
        return EventStores.over(store.backend(), new StoreBackend(store), nanoTime);
    }

    /**
     * What the storage offers to the TCK. Rules that need more are NOT-RUN:
     *
     * <ul>
     * <li>without {@link Need#SECOND_INSTANCE}, rules about several instances,
     * <li>without {@link Need#SECOND_PROCESS}, rules about several processes, and about processes that are killed,
     * <li>without {@link Need#RESTART}, rules about what remains when all stores are closed,
     * <li>without {@link Need#CONFIGURATION}, rules about wrong settings,
     * <li>without {@link Need#HELD_APPEND}, which counts only if the store has the facet, rules about appends that are not committed,
     * <li>without {@link Need#EVENT_CLOCK} and {@link Need#LEASE_CLOCK}, rules about clocks that stand still, jump or go back,
     * <li>without {@link Need#PUT_BACK}, rules about open stores whose storage is restored.
     * </ul>
     *
     * <p>By default everything except {@link Need#PUT_BACK}, and except clocks that the backend {@linkplain
     * io.headwater.spi.BackendProvider#clockedTimes() does not use}; without {@link #config()} neither processes nor
     * configuration nor clocks.
     */
    default Set<Need> offers() {
        Set<Need> offers = EnumSet.complementOf(EnumSet.of(Need.PUT_BACK));
        if (config().isEmpty()) {
            offers.removeAll(Set.of(Need.CONFIGURATION, Need.SECOND_PROCESS));
        }
        offers.removeAll(Offers.clocksNotOf(config()));
        return offers;
    }

    /**
     * Starts another process that opens the storage under test. By default a Java process with the class path of this one
     * that opens {@link #config()}. Storage that is constructed in code offers no {@link Need#SECOND_PROCESS}, unless this
     * method starts one.
     */
    default StoreProcess openProcess() {
        return JavaStoreProcess.start(config().orElseThrow());
    }

    /**
     * Called after the last store was closed and before the next one is opened, for example to restart a server. Does
     * nothing by default.
     */
    default void restart() {}

    /**
     * Replaces the storage by an empty one before each group of rules but the first, for storage in which reads of everything become
     * slow as it grows. Run while no store is open; afterwards {@link #open()} and {@link #config()} are of the new storage. Empty by
     * default: all rules share one storage.
     */
    default Optional<Runnable> betweenGroups() {
        return Optional.empty();
    }

    /**
     * Keeps the state of the storage, and returns what restores it, once, while stores are open, as a restore from a backup
     * does. Only called if {@link #offers()} contains {@link Need#PUT_BACK}, which it does not by default.
     */
    default Runnable keepState() {
        throw new UnsupportedOperationException("Need.PUT_BACK is declared, and keepState is not implemented");
    }

    /** How {@link #open()} opens the store; empty by default, for a store that is constructed in code. */
    default Optional<EventStoreConfig> config() {
        return Optional.empty();
    }

    /** For a store that is opened as an application opens it. */
    static StoreControl of(EventStoreConfig config) {
        return new ConfiguredStore(config, null);
    }

    /** As {@link #of(EventStoreConfig)}, for storage that can be restored as {@link #keepState} says. */
    static StoreControl of(EventStoreConfig config, Supplier<Runnable> keepState) {
        return new ConfiguredStore(config, keepState);
    }
}

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
 * Gives the TCK access to the storage under test. {@link #of} is enough for a store that is opened by its URL;
 * implement this for one that is built in code, or whose server the TCK is to restart. Calls come from one thread at a
 * time.
 */
@FunctionalInterface
public interface StoreControl {

    /**
     * Opens a store over the storage under test, with connections and state of its own. Called for the store under
     * test, for every second instance, and after a restart; the TCK closes each.
     */
    EventStore open();

    /**
     * As {@link #open()}, with this between the storage and all that Headwater builds above it: rules put a failing
     * connection or another store's id there. By default around a store of {@link #open()}, which is right for every
     * backend.
     */
    default EventStore open(UnaryOperator<Backend> between) {
        EventStore store = open();
        return EventStores.over(store.backend(), between.apply(new StoreBackend(store)));
    }

    /** As {@link #open()}, read-only. By default a store of {@link #config()}; called only if there is one. */
    default EventStore openReadOnly() {
        return EventStores.openReadOnly(config().orElseThrow());
    }

    /**
     * As {@link #open()}, with these clocks for what the backend takes from {@link
     * io.headwater.spi.BackendContext#clock()} and {@link io.headwater.spi.BackendContext#nanoTime()}. By default opened
     * by {@link #config()}. Only where {@link #offers()} has {@link Need#EVENT_CLOCK} or {@link Need#LEASE_CLOCK}, and
     * where there is a {@link #config()}, to see that the clock does not matter otherwise.
     */
    default EventStore open(Clock clock, LongSupplier nanoTime) {
        return EventStores.open(config().orElseThrow().clock(clock).nanoTime(nanoTime));
    }

    /**
     * As {@link #open()}, with this monotonic clock to tell how long a lease was not renewed. By default around a store
     * of {@link #open()}, which is right for every backend.
     */
    default EventStore open(LongSupplier nanoTime) {
        EventStore store = open();
        return EventStores.over(store.backend(), new StoreBackend(store), nanoTime);
    }

    /**
     * What the storage offers to the TCK. Rules that need more are NOT-RUN: without {@link Need#SECOND_INSTANCE}
     * everything between instances, without {@link Need#SECOND_PROCESS} everything between processes and what the kill
     * of one leaves, without {@link Need#RESTART} what must outlive all stores, without {@link Need#CONFIGURATION} how
     * wrong settings are refused, without {@link Need#HELD_APPEND}, which counts only if the store has the facet, what
     * is seen of an append that is not committed, without {@link Need#EVENT_CLOCK} and {@link Need#LEASE_CLOCK} what
     * happens when a clock stands still, jumps or goes back, without {@link Need#PUT_BACK} what becomes of open stores
     * when their storage is restored. By default everything but the last, and but for clocks that the backend
     * {@linkplain io.headwater.spi.BackendProvider#clockedTimes() does not go by}; without {@link #config()} neither
     * processes, nor configuration, nor clocks.
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
     * Starts another process that opens the storage under test. By default a Java process with this one's class path
     * that opens {@link #config()}; storage that is built in code offers no {@link Need#SECOND_PROCESS}, unless this
     * starts one.
     */
    default StoreProcess openProcess() {
        return JavaStoreProcess.start(config().orElseThrow());
    }

    /**
     * Called between closing the last store and opening the next: a server may be restarted here. By default nothing
     * is.
     */
    default void restart() {}

    /**
     * Keeps the state of the storage, and returns what puts it back, once: as a restore from a backup does, while
     * stores are open. Called where {@link #offers()} has {@link Need#PUT_BACK}, which it has not by default.
     */
    default Runnable keepState() {
        throw new UnsupportedOperationException(
                "the storage is said to be one that can be put back, and keepState is not implemented");
    }

    /** How {@link #open()} opens the store; empty, as by default, when it is built in code. */
    default Optional<EventStoreConfig> config() {
        return Optional.empty();
    }

    /** Opens the store as an application does. */
    static StoreControl of(EventStoreConfig config) {
        return new ConfiguredStore(config, null);
    }

    /** As {@link #of(EventStoreConfig)}, for storage that this puts back as {@link #keepState} says. */
    static StoreControl of(EventStoreConfig config, Supplier<Runnable> keepState) {
        return new ConfiguredStore(config, keepState);
    }
}

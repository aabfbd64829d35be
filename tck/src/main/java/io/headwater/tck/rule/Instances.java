package io.headwater.tck.rule;

import io.headwater.EventStore;
import io.headwater.EventStoreConfig;
import io.headwater.spi.Backend;
import java.time.Clock;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;

/** The stores that a check uses. The runner opens and closes them. */
public interface Instances {

    /** The store under test. */
    EventStore store();

    /** A further store over the same storage. Only for rules that need {@link Need#SECOND_INSTANCE}. */
    EventStore another();

    /** As {@link #another()}, with this layer between the storage and what Headwater builds above it. */
    EventStore another(UnaryOperator<Backend> between);

    /** A further store over the same storage, opened read-only. Only for rules that need {@link Need#CONFIGURATION}. */
    EventStore readOnly();

    /** As {@link #another()}, opened with these clocks. Only for rules that also need a clock, or a configuration. */
    EventStore another(Clock clock, LongSupplier nanoTime);

    /** As {@link #another()}, with this monotonic clock for measuring how long a lease was not renewed. */
    EventStore another(LongSupplier nanoTime);

    /** The other process over the same storage. Only for rules that need {@link Need#SECOND_PROCESS}. */
    StoreProcess process();

    /** Closes all stores, and opens the storage again. Only for rules that need {@link Need#RESTART}. */
    EventStore restarted();

    /** Keeps the state of the storage, and returns what restores it. Only for rules that need {@link Need#PUT_BACK}. */
    Runnable keepState();

    /** How the store under test was opened. Only for rules that need {@link Need#CONFIGURATION}. */
    EventStoreConfig config();
}

package io.headwater.spi;

import io.headwater.StoreUrl;
import java.time.Clock;
import java.util.function.LongSupplier;

/** The settings and clocks that a backend is opened with. */
public interface BackendContext {

    /** Returns the parsed URL. Read its options with {@link #option}, which also has those that were set elsewhere. */
    StoreUrl url();

    /** Returns the value of an option: the one that was set, or else its default. */
    <T> T option(OptionDescriptor<T> option);

    /**
     * Returns whether the store is opened read-only (L4). If so, the backend MUST NOT create or change anything,
     * whatever its options say: no file, schema, table, lease or session setting that outlives the store, and no
     * upgrade of the format. It MUST throw {@link io.headwater.StoreMissing} if there is no store, and SHOULD work
     * without permission to write. {@link Backend#append} and the writing methods of the checkpoint store and of the
     * facets of the API are not called. If a facet of the backend's own can write, the backend MUST omit it, or its
     * writing methods MUST throw {@link io.headwater.UnsupportedCapability#readOnly()}.
     */
    default boolean readOnly() {
        return false;
    }

    /**
     * Returns the clock for {@code recordedAt} and for the times of leases, unless the storage has a clock of its own
     * that all processes share. The clock may stand still, go back or jump, and the clocks of other processes differ.
     */
    Clock clock();

    /**
     * Returns a monotonic clock in nanoseconds, like {@link System#nanoTime()}. A backend that measures durations which
     * affect leases must use it, because rules of the TCK move it. Code above the backend uses the same clock to detect
     * leases that are not renewed (K3).
     */
    default LongSupplier nanoTime() {
        return System::nanoTime;
    }
}

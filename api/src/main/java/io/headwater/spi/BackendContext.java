package io.headwater.spi;

import io.headwater.StoreUrl;
import java.time.Clock;
import java.util.function.LongSupplier;

/** What a backend is opened with. */
public interface BackendContext {

    /** The parsed URL. Its options are in {@link #option}, together with those that were set elsewhere. */
    StoreUrl url();

    /** The value of an option: as set, else its default. */
    <T> T option(OptionDescriptor<T> option);

    /**
     * Whether the store is opened read-only (L4). The backend then MUST NOT create or change anything, whatever its options say:
     * no file, schema, table, lease or session setting that outlives the store, nor an upgrade of the format; it MUST throw
     * {@link io.headwater.StoreMissing} where there is no store, and SHOULD work without the right to write. It is not asked to
     * write: {@link Backend#append}, and the methods that write of the checkpoints and of facets of the API, are not called. A
     * facet of its own that writes must be left out, or throw {@link io.headwater.UnsupportedCapability#readOnly()}.
     */
    default boolean readOnly() {
        return false;
    }

    /**
     * The source of {@code recordedAt} and of lease times, where the storage has no clock of its own that all processes share.
     * It may stand still, go back, or jump, and other processes' clocks differ.
     */
    Clock clock();

    /**
     * A monotonic clock in nanoseconds, as {@link System#nanoTime()}, for a backend that measures spans of time which matter to
     * leases: rules of the TCK move it. A lease that is not renewed is noticed above the backend, by the same clock (K3).
     */
    default LongSupplier nanoTime() {
        return System::nanoTime;
    }
}

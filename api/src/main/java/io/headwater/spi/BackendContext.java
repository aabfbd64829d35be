package io.headwater.spi;

import io.headwater.StoreUrl;
import java.time.Clock;

/** What a backend is opened with. */
public interface BackendContext {

    /** The parsed URL. Its options are in {@link #option}, together with those that were set elsewhere. */
    StoreUrl url();

    /** The value of an option: as set, else its default. */
    <T> T option(OptionDescriptor<T> option);

    /** The source of {@code recordedAt} where the storage has none, and of lease times. */
    Clock clock();
}

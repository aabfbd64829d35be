package io.headwater.spi;

import io.headwater.StoreSchema;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Opens the stores of one kind. Registered in {@code META-INF/services/io.headwater.spi.BackendProvider}, or with
 * {@code provides} in a module; public, with a public constructor without parameters that does nothing costly.
 */
public interface BackendProvider {

    /** The backend's name in messages and reports, such as {@code postgres}. */
    String name();

    /** The URL schemes that it opens, in lower case. At least one. */
    List<String> schemes();

    /** A URL with its parts named, such as {@code sqlite:path/to/file.db}, to show to users. */
    String urlPattern();

    /**
     * Every option that it knows, beside {@linkplain io.headwater.EventStores#options() those of every store}. Others
     * are refused before {@link #open} is called, and the documentation is made of these.
     */
    default List<OptionDescriptor<?>> options() {
        return List.of();
    }

    /**
     * The times for which a backend asks {@link BackendContext#clock()}; all, unless overridden. The others come from a
     * clock of the storage, such as a server's. Tells the TCK which times it can control.
     */
    default Set<StoredTime> clockedTimes() {
        return EnumSet.allOf(StoredTime.class);
    }

    /**
     * The tables and functions of the storage that these settings name, if they can be made apart from opening it.
     * Connects to nothing before the answer is used.
     *
     * @throws io.headwater.ConfigurationException for a URL or option that cannot be used
     */
    default Optional<StoreSchema> schema(BackendContext context) {
        return Optional.empty();
    }

    /**
     * What to use for backups of its stores, for a message to users, where they have no {@link
     * io.headwater.FileBackup}.
     */
    default String backupAdvice() {
        return "use the backup of its storage";
    }

    /**
     * Opens the storage: creates or checks what it needs, and only checks it if {@linkplain BackendContext#readOnly()
     * read-only}. Called for every store that is opened. Leaves nothing open when it throws.
     *
     * @throws io.headwater.ConfigurationException for a URL or option that cannot be used
     * @throws io.headwater.StoreMissing if there is no storage and the options forbid creating it, or it is opened
     *     read-only
     * @throws io.headwater.IncompatibleStore if the storage holds something else or a newer format (L3)
     * @throws io.headwater.StoreUnavailable if it cannot be reached
     */
    Backend open(BackendContext context);
}

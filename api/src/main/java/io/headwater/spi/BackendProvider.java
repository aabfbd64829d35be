package io.headwater.spi;

import io.headwater.StoreSchema;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Opens stores of one kind. A provider is registered in {@code META-INF/services/io.headwater.spi.BackendProvider}, or
 * with {@code provides} in a module. It is a public class with a public constructor that has no parameters and is
 * cheap.
 */
public interface BackendProvider {

    /** Returns the name of the backend in messages and reports, such as {@code postgres}. */
    String name();

    /** Returns the URL schemes that this provider opens, at least one, in lower case. */
    List<String> schemes();

    /** Returns a sample URL to show to users, such as {@code sqlite:path/to/file.db}. */
    String urlPattern();

    /**
     * Returns every option of this backend, without
     * {@linkplain io.headwater.EventStores#options() those of every store}. Other options are refused before
     * {@link #open} is called. The documentation of options is generated from these.
     */
    default List<OptionDescriptor<?>> options() {
        return List.of();
    }

    /**
     * Returns the times that the backend reads from {@link BackendContext#clock()}; by default, all of them. The others
     * come from a clock of the storage, such as a server's. The TCK can control only the returned ones.
     */
    default Set<StoredTime> clockedTimes() {
        return EnumSet.allOf(StoredTime.class);
    }

    /**
     * Returns the schema of the storage that these settings name, such as its tables and functions, if it can be
     * created without opening the store. Does not connect to the storage; methods of the result do.
     *
     * @throws io.headwater.ConfigurationException for a URL or option that cannot be used
     */
    default Optional<StoreSchema> schema(BackendContext context) {
        return Optional.empty();
    }

    /**
     * Returns the advice that users get for backups of a store without {@link io.headwater.FileBackup}: a phrase such
     * as "use pg_dump".
     */
    default String backupAdvice() {
        return "use the backup of its storage";
    }

    /**
     * Opens the storage. Creates what is missing and checks what exists; if
     * {@linkplain BackendContext#readOnly() read-only}, it only checks. Blocks. Called for every store that is opened.
     * If it throws, it leaves nothing open.
     *
     * @throws io.headwater.ConfigurationException for a URL or option that cannot be used
     * @throws io.headwater.StoreMissing if there is no storage, and the options forbid creating it or it is opened
     *     read-only
     * @throws io.headwater.IncompatibleStore if the storage holds something else or a newer format (L3)
     * @throws io.headwater.StoreUnavailable if the storage cannot be reached
     */
    Backend open(BackendContext context);
}

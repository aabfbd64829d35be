package io.headwater.cli;

import io.headwater.EventStore;
import io.headwater.EventStoreConfig;
import io.headwater.EventStores;
import io.headwater.StoreMissing;
import io.headwater.spi.OptionDescriptor;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The store that a command works on. */
final class StoreOptions {
    static final String DEFAULT_URL = "sqlite:headwater.db";

    private static final String ACCESS = "access";
    private static final String SCHEMA = "schema";
    private static final String VALIDATE = "validate";

    @Option(
            names = "--url",
            order = CommonOptions.LAST,
            paramLabel = "URL",
            description = {
                "The store, such as sqlite:events.db; 'headwater backends' lists the kinds.",
                "Default: the variable HEADWATER_URL, else " + DEFAULT_URL + "."
            })
    private @Nullable String url;

    EventStoreConfig config(Map<String, String> environment) {
        if (url != null) {
            return EventStoreConfig.of(url);
        }
        // Empty counts as not set, since some scripts cannot unset a variable.
        return environment.getOrDefault("HEADWATER_URL", "").isEmpty()
                ? EventStoreConfig.of(DEFAULT_URL)
                : EventStoreConfig.fromEnvironment(environment);
    }

    /** The store of {@code --url} only: for commands that must not be run by mistake on a store that is in use. */
    EventStoreConfig named() {
        if (url == null) {
            throw new Failure(
                    ExitCode.USAGE,
                    "this command writes to the store and removes deleted events from it: name the store with --url");
        }
        return EventStoreConfig.of(url);
    }

    /** Opens the store, and creates it if it does not exist and the user's options allow it. */
    EventStore openOrCreate(Shell shell) {
        return openOrCreate(config(shell.environment()));
    }

    /**
     * Opens or creates a store. A store of an older format is refused: only {@code schema apply} changes the format,
     * after a confirmation, because older versions of the programs that use the store then refuse it.
     */
    static EventStore openOrCreate(EventStoreConfig config) {
        try {
            return EventStores.open(onlyValidating(config));
        } catch (StoreMissing e) {
            return EventStores.open(config);
        }
    }

    /** Opens the store, which must exist: a mistyped name must not create an empty store. */
    EventStore openExisting(Shell shell) {
        return opened(onlyValidating(config(shell.environment())), shell);
    }

    /** Like {@link #openExisting}, but read-only. */
    EventStore openToRead(Shell shell) {
        return opened(onlyReading(config(shell.environment())), shell);
    }

    /** Opens a store read-only, for a command that has several. */
    static EventStore openToRead(EventStoreConfig config) {
        return EventStores.open(onlyReading(config));
    }

    /** Called before anything is read or asked. */
    void refuseReadOnly(Shell shell) {
        EventStoreConfig config = config(shell.environment());
        if ("read".equals(config.options().get(ACCESS))) {
            throw new Failure(
                    ExitCode.USAGE,
                    "this command writes, and access=read opens %s read-only: leave that option out".formatted(config));
        }
    }

    private EventStore opened(EventStoreConfig existing, Shell shell) {
        try {
            return EventStores.open(existing);
        } catch (StoreMissing e) {
            throw new Failure(
                    ExitCode.USAGE,
                    "there is no store at " + config(shell.environment())
                            + ": name another with --url, or create it with 'headwater import' or 'headwater append'",
                    e);
        }
    }

    /** Like {@link #openToRead}; empty if the store does not exist. */
    Optional<EventStore> openIfThere(Shell shell) {
        try {
            return Optional.of(EventStores.open(onlyReading(config(shell.environment()))));
        } catch (StoreMissing e) {
            return Optional.empty();
        }
    }

    /** A store in memory is new for each command, so it needs no protection. */
    private static EventStoreConfig onlyReading(EventStoreConfig config) {
        boolean free = !MemoryStores.isAt(config) && !config.options().containsKey(ACCESS);
        return onlyValidating(free ? config.readOnly() : config);
    }

    private static EventStoreConfig onlyValidating(EventStoreConfig config) {
        boolean possible = EventStores.backends().stream()
                .filter(backend -> backend.schemes().contains(config.url().scheme()))
                .flatMap(backend -> backend.options().stream())
                .anyMatch(StoreOptions::canOnlyValidate);
        boolean free = possible && !config.options().containsKey(SCHEMA);
        return free ? config.with(SCHEMA, VALIDATE) : config;
    }

    private static boolean canOnlyValidate(OptionDescriptor<?> option) {
        return option.name().equals(SCHEMA) && option.allowed().contains(VALIDATE);
    }
}

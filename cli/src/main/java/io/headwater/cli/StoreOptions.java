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

/** Which store a command works on. */
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
        // Empty is what a script leaves that has no way to unset a variable.
        return environment.getOrDefault("HEADWATER_URL", "").isEmpty()
                ? EventStoreConfig.of(DEFAULT_URL)
                : EventStoreConfig.fromEnvironment(environment);
    }

    /** The store of {@code --url} and no other: for what nobody means to do to a store that is in use. */
    EventStoreConfig named() {
        if (url == null) {
            throw new Failure(
                    ExitCode.USAGE, "this writes to the store and removes what was deleted there: name it with --url");
        }
        return EventStoreConfig.of(url);
    }

    /** Opens the store, and creates it if there is none and the user's options allow it. */
    EventStore openOrCreate(Shell shell) {
        return openOrCreate(config(shell.environment()));
    }

    /**
     * Opens a store, or creates it. One of an older format is refused: it is brought to the newest by {@code schema apply} only,
     * which asks before, since older versions of the programs that use it will refuse it then.
     */
    static EventStore openOrCreate(EventStoreConfig config) {
        try {
            return EventStores.open(onlyValidating(config));
        } catch (StoreMissing e) {
            return EventStores.open(config);
        }
    }

    /** Opens the store; a mistyped name must not leave an empty store behind. */
    EventStore openExisting(Shell shell) {
        return opened(onlyValidating(config(shell.environment())), shell);
    }

    /** As {@link #openExisting}, without the right to write. */
    EventStore openToRead(Shell shell) {
        return opened(onlyReading(config(shell.environment())), shell);
    }

    /** Before anything is read or asked. */
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

    /** As {@link #openToRead}; empty if there is no store yet. */
    Optional<EventStore> openIfThere(Shell shell) {
        try {
            return Optional.of(EventStores.open(onlyReading(config(shell.environment()))));
        } catch (StoreMissing e) {
            return Optional.empty();
        }
    }

    /** A store in memory is new for each command, and there is nothing to protect. */
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

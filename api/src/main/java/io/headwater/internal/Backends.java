package io.headwater.internal;

import io.headwater.Capability;
import io.headwater.ConfigurationException;
import io.headwater.EventStore;
import io.headwater.EventStoreConfig;
import io.headwater.EventStoreListener;
import io.headwater.StoreSchema;
import io.headwater.StoreUrl;
import io.headwater.spi.Backend;
import io.headwater.spi.BackendProvider;
import io.headwater.spi.OptionDescriptor;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Finds the backend of a URL's scheme and opens it. */
public final class Backends {
    /** See {@link io.headwater.EventStores#options()}. */
    public static final List<OptionDescriptor<?>> OPTIONS = List.of(Access.OPTION);

    private Backends() {}

    /** See {@link io.headwater.EventStores#open(EventStoreConfig)}. */
    public static EventStore open(EventStoreConfig config) {
        return asked(config, "open", provider -> {
            ResolvedContext context = new ResolvedContext(provider, config);
            return checked(provider, opened(provider, context), config, context.readOnly());
        });
    }

    /** See {@link io.headwater.EventStores#schema}. */
    public static Optional<StoreSchema> schema(EventStoreConfig config) {
        return asked(config, "schema", provider -> {
            ResolvedContext context = new ResolvedContext(provider, config);
            return provider.schema(context)
                    .map(schema -> new GuardedSchema(provider.name(), schema, context.readOnly()));
        });
    }

    private static <T> T asked(EventStoreConfig config, String what, Function<BackendProvider, T> question) {
        BackendProvider provider = ofUrl(Guard.notNull(config, "configuration").url());
        try {
            return question.apply(provider);
        } catch (LinkageError e) {
            throw unlinked(provider, e).in(provider.name(), what);
        } catch (Exception e) {
            throw Guard.known(e).in(provider.name(), what);
        }
    }

    private static Backend opened(BackendProvider provider, ResolvedContext context) {
        return Guard.answered(provider.open(context), provider.getClass().getName() + ".open");
    }

    private static ConfigurationException unlinked(BackendProvider provider, LinkageError e) {
        String remedy = Guard.isOfAnotherVersion(e)
                ? "It was compiled for another version of headwater-api: use the version that it was made for"
                : "Add its driver to the class path";
        return new ConfigurationException(
                "backend '%s' cannot be linked: %s. %s".formatted(provider.name(), e, remedy), e);
    }

    private static EventStore checked(
            BackendProvider provider, Backend backend, EventStoreConfig config, boolean readOnly) {
        try {
            EventStoreListener listener = config.listener().orElse(null);
            EventStore store = new GuardedEventStore(
                    provider.name(), backend, readOnly, config.nanoTime(), config.toString(), listener);
            store.capabilities().require(config.required().toArray(Capability[]::new));
            return store;
        } catch (RuntimeException e) {
            throw closing(backend, e);
        }
    }

    /** What the caller is told is why the store cannot be used, not what came of closing it. */
    private static RuntimeException closing(Backend backend, RuntimeException why) {
        try {
            backend.close();
        } catch (RuntimeException e) {
            why.addSuppressed(e);
        }
        return why;
    }

    private static BackendProvider ofUrl(StoreUrl url) {
        Providers providers = Providers.find();
        String scheme = url.scheme();
        if (scheme.equals("jdbc")) {
            refuseJdbc(url.path(), providers.usable());
        }
        List<BackendProvider> found = providers.usable().stream()
                .filter(provider -> provider.schemes().contains(scheme))
                .toList();
        if (found.isEmpty()) {
            throw new ConfigurationException("no backend has the scheme '%s'; installed: %s. %s"
                    .formatted(scheme, schemes(providers.usable()), advice(providers.problems())));
        }
        if (found.size() > 1) {
            throw new ConfigurationException("the scheme '%s' belongs to more than one backend: %s; remove all but one"
                    .formatted(
                            scheme,
                            found.stream()
                                    .map(provider -> provider.getClass().getName())
                                    .toList()));
        }
        return found.get(0);
    }

    /** Options of a driver are no options of a store, so the rest of such a URL cannot be taken as it is. */
    private static void refuseJdbc(String path, List<BackendProvider> usable) {
        String scheme = path.substring(0, Math.max(0, path.indexOf(':'))).toLowerCase(Locale.ROOT);
        usable.stream()
                .filter(provider -> provider.schemes().contains(scheme))
                .findFirst()
                .ifPresent(provider -> {
                    throw new ConfigurationException(
                            "the URL of a store is not a JDBC URL: omit 'jdbc:' and write it like "
                                    + provider.urlPattern());
                });
    }

    private static String schemes(List<BackendProvider> providers) {
        String all = providers.stream()
                .flatMap(provider -> provider.schemes().stream())
                .collect(Collectors.joining(", "));
        return all.isEmpty() ? "none" : all;
    }

    /** What was found and cannot be used is the likelier reason. */
    private static String advice(List<String> problems) {
        return problems.isEmpty()
                ? "Check the spelling, or add the backend's artifact to the class path; a backend of your own is named in META-INF/services/"
                        + BackendProvider.class.getName() + ", or provided by its module"
                : "Cannot be used: " + String.join("; ", problems)
                        + ". A provider is a public class with a public constructor without parameters, registered by its full name";
    }

    /** See {@link io.headwater.EventStores#backends()}. A provider that cannot be used is left out, with a warning. */
    public static List<BackendProvider> installed() {
        return Providers.find().usable();
    }
}

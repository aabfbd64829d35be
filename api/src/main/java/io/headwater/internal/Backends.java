package io.headwater.internal;

import io.headwater.Capability;
import io.headwater.ConfigurationException;
import io.headwater.EventStore;
import io.headwater.EventStoreConfig;
import io.headwater.spi.Backend;
import io.headwater.spi.BackendProvider;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds the backend of a URL's scheme and opens it. */
public final class Backends {
    private static final Logger LOG = LoggerFactory.getLogger(Backends.class);

    /** A class path that cannot be read fails again and again. */
    private static final int MOST_FAILURES = 100;

    private Backends() {}

    /** See {@link io.headwater.EventStores#open(EventStoreConfig)}. */
    public static EventStore open(EventStoreConfig config) {
        BackendProvider provider =
                withScheme(Guard.notNull(config, "configuration").url().scheme());
        try {
            return checked(provider, provider.open(new ResolvedContext(provider, config)), config);
        } catch (LinkageError e) {
            throw new ConfigurationException(
                            "backend '%s' lacks a class: %s. Add its driver to the class path"
                                    .formatted(provider.name(), e.getMessage()),
                            e)
                    .in(provider.name(), "open");
        } catch (Exception e) {
            throw Guard.known(e).in(provider.name(), "open");
        }
    }

    private static EventStore checked(BackendProvider provider, Backend backend, EventStoreConfig config) {
        try {
            EventStore store = new GuardedEventStore(provider.name(), backend);
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

    private static BackendProvider withScheme(String scheme) {
        List<BackendProvider> found = installed().stream()
                .filter(provider -> provider.schemes().contains(scheme))
                .toList();
        if (found.isEmpty()) {
            throw new ConfigurationException(
                    "no backend has the scheme '%s'; installed: %s. Check the spelling, or add the backend's artifact to the class path"
                            .formatted(scheme, schemes()));
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

    private static String schemes() {
        String all = installed().stream()
                .flatMap(provider -> provider.schemes().stream())
                .collect(Collectors.joining(", "));
        return all.isEmpty() ? "none" : all;
    }

    /** See {@link io.headwater.EventStores#backends()}. A provider that cannot be loaded is left out, with a warning. */
    public static List<BackendProvider> installed() {
        List<BackendProvider> found = new ArrayList<>();
        collect(ServiceLoader.load(BackendProvider.class), found);
        if (found.isEmpty()) {
            collect(ServiceLoader.load(BackendProvider.class, Backends.class.getClassLoader()), found);
        }
        found.sort(Comparator.comparing(BackendProvider::name));
        return found;
    }

    private static void collect(ServiceLoader<BackendProvider> loader, List<BackendProvider> found) {
        Iterator<BackendProvider> providers = loader.iterator();
        for (int failures = 0; failures < MOST_FAILURES; failures++) {
            try {
                providers.forEachRemaining(found::add);
                return;
            } catch (ServiceConfigurationError | LinkageError e) {
                LOG.warn("a backend on the class path cannot be used: {}", e.toString());
            }
        }
    }
}

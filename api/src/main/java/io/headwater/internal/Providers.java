package io.headwater.internal;

import io.headwater.spi.BackendProvider;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The providers on the class and module path, by name, and what is wrong with those that cannot be used. */
final class Providers {
    private static final Logger LOG = LoggerFactory.getLogger(Providers.class);
    private static final Pattern SCHEME = Pattern.compile("[a-z][a-z0-9+.-]*");

    /** A class path that cannot be read fails again and again. */
    private static final int MAX_FAILURES = 100;

    private final List<BackendProvider> usable = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();

    private Providers() {}

    static Providers find() {
        Providers found = new Providers();
        found.collect(ServiceLoader.load(BackendProvider.class));
        if (found.usable.isEmpty()) {
            found.problems.clear();
            found.collect(ServiceLoader.load(BackendProvider.class, Providers.class.getClassLoader()));
        }
        found.usable.sort(Comparator.comparing(BackendProvider::name));
        found.problems.forEach(problem -> LOG.warn("a backend cannot be used: {}", problem));
        return found;
    }

    List<BackendProvider> usable() {
        return usable;
    }

    List<String> problems() {
        return problems;
    }

    private void collect(ServiceLoader<BackendProvider> loader) {
        Iterator<BackendProvider> providers = loader.iterator();
        for (int failures = 0; failures < MAX_FAILURES; failures++) {
            try {
                providers.forEachRemaining(this::check);
                return;
            } catch (ServiceConfigurationError | LinkageError e) {
                problem(e.toString());
            }
        }
    }

    private void problem(String problem) {
        if (!problems.contains(problem)) {
            problems.add(problem);
        }
    }

    /** What one provider says of itself must not keep the others from being found. */
    private void check(BackendProvider provider) {
        String type = provider.getClass().getName();
        try {
            if (provider.name() == null || provider.name().isBlank()) {
                problem(type + " has no name: return one, such as \"postgres\"");
            } else if (provider.schemes() == null || provider.schemes().isEmpty()) {
                problem(type + " has no scheme: return at least one, such as List.of(\"postgresql\")");
            } else if (!provider.schemes().stream()
                    .allMatch(scheme -> SCHEME.matcher(scheme).matches())) {
                problem(type + " has the schemes " + provider.schemes()
                        + ": write them in lower case, and without ':'");
            } else {
                usable.add(provider);
            }
        } catch (RuntimeException e) {
            problem(type + " does not say what it is: " + e.getClass().getName());
        }
    }
}

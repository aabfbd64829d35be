package io.headwater.internal;

import io.headwater.ConfigurationException;
import io.headwater.EventStoreConfig;
import io.headwater.StoreUrl;
import io.headwater.spi.BackendContext;
import io.headwater.spi.BackendProvider;
import io.headwater.spi.OptionDescriptor;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The options of a configuration, parsed as a backend declares them (E3). */
final class ResolvedContext implements BackendContext {
    private final StoreUrl url;
    private final boolean readOnly;
    private final Clock clock;
    private final LongSupplier nanoTime;
    private final Map<String, Object> values = new HashMap<>();

    ResolvedContext(BackendProvider provider, EventStoreConfig config) {
        List<OptionDescriptor<?>> options = options(provider);
        url = config.url();
        clock = config.clock();
        nanoTime = config.nanoTime();
        config.options()
                .forEach((name, text) -> values.put(name, known(options, name).parse(text)));
        readOnly = option(Access.OPTION) == Access.READ;
    }

    /** Those of the backend, then those of every store. */
    private static List<OptionDescriptor<?>> options(BackendProvider provider) {
        List<OptionDescriptor<?>> own = provider.options();
        if (own.stream().anyMatch(option -> option.name().equals(Access.OPTION.name()))) {
            throw new ConfigurationException(
                    "backend '%s' declares the option '%s', which every store has: it must give its own another name"
                            .formatted(provider.name(), Access.OPTION.name()));
        }
        return Stream.concat(own.stream(), Backends.OPTIONS.stream()).toList();
    }

    private OptionDescriptor<?> known(List<OptionDescriptor<?>> options, String name) {
        return options.stream()
                .filter(option -> option.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new ConfigurationException(
                        "unknown option '%s'%s; %s".formatted(name, origin(name), list(options))));
    }

    /** Where an option may have come from that the URL does not have: its writer may not know it by this name. */
    private String origin(String name) {
        String variable = "HEADWATER_" + name.replaceAll("([A-Z])", "_$1").toUpperCase(Locale.ROOT);
        return url.options().containsKey(name) ? "" : " (from a setting, or the variable " + variable + ")";
    }

    private static String list(List<OptionDescriptor<?>> options) {
        return "known: " + options.stream().map(OptionDescriptor::name).collect(Collectors.joining(", "));
    }

    @Override
    public StoreUrl url() {
        return url;
    }

    /** The value was made by the parser of the option of this name, so it has the option's type. */
    @Override
    @SuppressWarnings("unchecked")
    public <T> T option(OptionDescriptor<T> option) {
        Object value = values.get(option.name());
        return value == null ? option.defaultValue() : (T) value;
    }

    @Override
    public boolean readOnly() {
        return readOnly;
    }

    @Override
    public Clock clock() {
        return clock;
    }

    @Override
    public LongSupplier nanoTime() {
        return nanoTime;
    }
}

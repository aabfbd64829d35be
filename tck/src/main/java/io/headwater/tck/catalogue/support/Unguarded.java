package io.headwater.tck.catalogue.support;

import io.headwater.EventStoreConfig;
import io.headwater.EventStores;
import io.headwater.StoreUrl;
import io.headwater.spi.Backend;
import io.headwater.spi.BackendContext;
import io.headwater.spi.BackendProvider;
import io.headwater.spi.OptionDescriptor;
import java.time.Clock;
import java.util.Map;

/** Opens a backend without what Headwater builds above it, to look at what applications do not see. */
public record Unguarded(StoreUrl url, Map<String, String> options) implements BackendContext {

    public static Backend open(EventStoreConfig config) {
        return provider(config).open(new Unguarded(config.url(), config.options()));
    }

    /** The backend that the scheme belongs to. */
    public static BackendProvider provider(EventStoreConfig config) {
        return EventStores.backends().stream()
                .filter(provider -> provider.schemes().contains(config.url().scheme()))
                .findFirst()
                .orElseThrow();
    }

    @Override
    public <T> T option(OptionDescriptor<T> option) {
        String text = options.get(option.name());
        return text == null ? option.defaultValue() : option.parse(text);
    }

    @Override
    public Clock clock() {
        return Clock.systemUTC();
    }
}

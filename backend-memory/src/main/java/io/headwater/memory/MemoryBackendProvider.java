package io.headwater.memory;

import io.headwater.ConfigurationException;
import io.headwater.StoreUrl;
import io.headwater.spi.Backend;
import io.headwater.spi.BackendContext;
import io.headwater.spi.BackendProvider;
import java.util.List;

/**
 * Opens {@code memory:name}. Stores of the same name share their events while at least one of them is open; a store without
 * a name has its own.
 */
public final class MemoryBackendProvider implements BackendProvider {

    @Override
    public String name() {
        return "memory";
    }

    @Override
    public List<String> schemes() {
        return List.of("memory");
    }

    @Override
    public String urlPattern() {
        return "memory:name";
    }

    @Override
    public Backend open(BackendContext context) {
        StoreUrl url = context.url();
        if (!url.authority().isEmpty()) {
            throw new ConfigurationException("a memory store has a name and no host: write memory:" + url.authority());
        }
        return new MemoryBackend(url.path(), MemoryStorage.acquire(url.path()), context.clock());
    }
}

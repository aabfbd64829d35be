package io.headwater.memory;

import io.headwater.ConfigurationException;
import io.headwater.StoreMissing;
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
    public String backupAdvice() {
        return "it ends with its process; export its events instead";
    }

    @Override
    public Backend open(BackendContext context) {
        StoreUrl url = context.url();
        if (!url.authority().isEmpty()) {
            throw new ConfigurationException("a memory store has a name and no host: write memory:" + url.authority());
        }
        return new MemoryBackend(url.path(), storage(url.path(), context.readOnly()), context.clock());
    }

    private static MemoryStorage storage(String name, boolean readOnly) {
        if (!readOnly) {
            return MemoryStorage.acquire(name);
        }
        return MemoryStorage.acquireExisting(name)
                .orElseThrow(() -> new StoreMissing("no memory store named '" + name
                        + "' is open in this process, and opening one read-only creates none"));
    }
}

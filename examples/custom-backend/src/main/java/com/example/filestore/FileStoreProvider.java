package com.example.filestore;

import io.headwater.ConfigurationException;
import io.headwater.StoreMissing;
import io.headwater.StoreUrl;
import io.headwater.spi.Backend;
import io.headwater.spi.BackendContext;
import io.headwater.spi.BackendProvider;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Opens {@code filestore:path/to/file}. */
public final class FileStoreProvider implements BackendProvider {

    @Override
    public String name() {
        return "filestore";
    }

    @Override
    public List<String> schemes() {
        return List.of("filestore");
    }

    @Override
    public String urlPattern() {
        return "filestore:path/to/file";
    }

    @Override
    public Backend open(BackendContext context) {
        StoreUrl url = context.url();
        if (url.path().isEmpty() || !url.authority().isEmpty()) {
            throw new ConfigurationException("a file store has a path and no host: write " + urlPattern());
        }
        Path path = Path.of(url.path()).toAbsolutePath().normalize();
        if (context.readOnly() && Files.notExists(path)) {
            throw new StoreMissing("file '" + path + "' does not exist, and opening it read-only creates none");
        }
        return new FileStore(Storage.acquire(path), context.clock());
    }
}

package io.headwater.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;

/** The location of a store that is measured. Closing it removes the store. */
record StoreLocation(Storage storage, Scratch scratch) implements AutoCloseable {

    /** A location without a store. */
    static StoreLocation in(Path parent, Storage storage) throws IOException {
        return new StoreLocation(storage, Scratch.in(parent));
    }

    /** The URL with which Headwater opens the store. */
    String url() {
        return storage.url(path());
    }

    Path path() {
        return scratch.path();
    }

    @Override
    public void close() throws IOException, SQLException {
        try (scratch) {
            storage.remove(path());
        }
    }
}

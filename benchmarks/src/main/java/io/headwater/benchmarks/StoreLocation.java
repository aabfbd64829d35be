package io.headwater.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;

/** The location of a store that is measured. Closing it removes the store. */
record StoreLocation(Target target, Scratch scratch) implements AutoCloseable {

    /** A location without a store. */
    static StoreLocation in(Path parent, Target target) throws IOException {
        return new StoreLocation(target, Scratch.in(parent));
    }

    /** The URL with which Headwater opens the store. */
    String url() {
        return target.url(path());
    }

    Path path() {
        return scratch.path();
    }

    @Override
    public void close() throws IOException, SQLException {
        try (scratch) {
            target.remove(path());
        }
    }
}

package io.headwater.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;

/** Where a store of a measurement lies. Closing it removes the store. */
record Site(Target target, Scratch scratch) implements AutoCloseable {

    /** Where there is no store yet. */
    static Site in(Path parent, Target target) throws IOException {
        return new Site(target, Scratch.in(parent));
    }

    /** Where Headwater opens the store. */
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

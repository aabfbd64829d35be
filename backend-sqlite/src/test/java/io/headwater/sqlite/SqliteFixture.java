package io.headwater.sqlite;

import io.headwater.StoreUrl;
import io.headwater.spi.Backend;
import io.headwater.spi.BackendContext;
import io.headwater.spi.OptionDescriptor;
import java.nio.file.Path;
import java.time.Clock;

/** Databases for tests. */
final class SqliteFixture {
    private SqliteFixture() {}

    /** The URL of a new database in this directory. */
    static String url(Path directory) {
        return "sqlite:" + directory.resolve("events.db").toString().replace("%", "%25");
    }

    /** What is behind a store, opened with all defaults. */
    static Backend backend(String url) {
        return new SqliteBackendProvider().open(new Defaults(StoreUrl.parse(url)));
    }

    private record Defaults(StoreUrl url) implements BackendContext {
        @Override
        public <T> T option(OptionDescriptor<T> option) {
            return option.defaultValue();
        }

        @Override
        public Clock clock() {
            return Clock.systemUTC();
        }
    }
}

package io.headwater.sqlite;

import java.nio.file.Path;

/** Databases for tests. */
final class SqliteFixture {
    private SqliteFixture() {}

    /** The URL of a new database in this directory. */
    static String url(Path directory) {
        return "sqlite:" + directory.resolve("events.db").toString().replace("%", "%25");
    }
}

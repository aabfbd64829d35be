package io.headwater.sqlite;

import io.headwater.StoreUrl;
import io.headwater.spi.Backend;
import io.headwater.spi.BackendContext;
import io.headwater.spi.OptionDescriptor;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import org.sqlite.SQLiteErrorCode;

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

    /** The file of a store, opened with all defaults. */
    static DatabaseFile file(StoreUrl url) {
        return DatabaseFile.of(new Defaults(url));
    }

    /** Whether the database in this directory can be written, so that nothing holds its lock for long. */
    static boolean isFree(Path directory) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:" + url(directory));
                Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA busy_timeout = 1000");
            statement.execute("BEGIN IMMEDIATE");
            return true;
        } catch (SQLException e) {
            if (e.getErrorCode() == SQLiteErrorCode.SQLITE_BUSY.code) {
                return false;
            }
            throw e;
        }
    }

    /** What SQLite says of the database in this directory: {@code ok}, or the first fault that it finds. */
    static String integrity(Path directory) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:" + url(directory));
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("PRAGMA integrity_check(1)")) {
            return result.getString(1);
        }
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

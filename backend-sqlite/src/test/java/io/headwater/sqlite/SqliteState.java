package io.headwater.sqlite;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;

/** Puts a database back to what it held, through SQLite and under open stores: the file stays the same, its content goes back. */
final class SqliteState {
    private static final AtomicInteger COPIES = new AtomicInteger();

    private SqliteState() {}

    /** Keeps the state of the database in this directory; what is returned puts it back. */
    static Runnable keep(Path directory) {
        Path copy = directory.resolve("kept-" + COPIES.incrementAndGet() + ".db");
        run(directory, "backup to '" + copy + "'");
        return () -> restore(directory, copy);
    }

    static void restore(Path directory, Path copy) {
        run(directory, "restore from '" + copy + "'");
    }

    private static void run(Path directory, String command) {
        try (Connection connection = DriverManager.getConnection("jdbc:" + SqliteFixture.url(directory));
                Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA busy_timeout = 10000");
            statement.executeUpdate(command);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}

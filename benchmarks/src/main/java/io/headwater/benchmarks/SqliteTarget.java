package io.headwater.benchmarks;

import io.headwater.EventStore;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;

/**
 * The SQLite backend, with JDBC as the baseline. Headwater creates the file, so tables, indexes and page size are the
 * same for both.
 */
final class SqliteTarget implements Target {

    @Override
    public String name() {
        return "sqlite";
    }

    @Override
    public String facts() throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite::memory:");
                Statement statement = connection.createStatement();
                ResultSet version = statement.executeQuery("SELECT sqlite_version()")) {
            return "SQLite " + version.getString(1)
                    + "; write-ahead log, synchronous=FULL (fdatasync at each commit), wal_autocheckpoint=4000, for"
                    + " both";
        }
    }

    @Override
    public String url(Path folder) {
        return "sqlite:" + file(folder);
    }

    private static Path file(Path folder) {
        return folder.resolve("events.db");
    }

    @Override
    public List<Baselines> appendBaselines(int batch) {
        AppendVariant one = new DriverVariant("one connection", folder -> SqliteAppends.onOneConnection(file(folder)));
        AppendVariant many =
                new DriverVariant("connection per writer", folder -> SqliteAppends.onManyConnections(file(folder)));
        return List.of(new Baselines("", List.of(one, many), Goal.NONE));
    }

    @Override
    public Optional<AppendVariant> insertBaseline() {
        return Optional.of(new DriverVariant("bare inserts", folder -> new SqliteInserts(file(folder))));
    }

    @Override
    public Reader baselineReader(Path folder, EventStore store) throws SQLException {
        return SqliteReader.open(file(folder));
    }

    @Override
    public boolean groupsCommits() {
        return true;
    }
}

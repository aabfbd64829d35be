package io.headwater.benchmarks;

import io.headwater.benchmarks.AppendVariant.Appends;
import io.headwater.benchmarks.SqliteStatements.Owner;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;

/**
 * Prepared inserts into the table of events, one transaction for each batch, and nothing else: no streams, no checks.
 */
final class SqliteInserts implements Appends, Appender {
    private static final Owner OWNER = new Owner(1, 1);

    private final SqliteConnection connection;
    private final SqliteStatements statements;
    private long version;

    SqliteInserts(Path file) throws SQLException {
        connection = new SqliteConnection(file);
        statements = new SqliteStatements(connection);
    }

    @Override
    public Appender writer(int number) {
        return this;
    }

    @Override
    public void append(List<SampleEvent> events) throws SQLException {
        connection.begin();
        statements.insert(OWNER, version, events);
        connection.commit();
        version += events.size();
    }

    @Override
    public long stored() throws SQLException {
        return connection.number("SELECT count(*) FROM events");
    }

    @Override
    public void close() {
        connection.close();
    }
}

package io.headwater.benchmarks;

import io.headwater.benchmarks.AppendVariant.Appends;
import io.headwater.benchmarks.SqliteStatements.Owner;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One transaction for each append, as an application would write it. All writers share one connection, or each has its
 * own.
 */
final class SqliteAppends implements Appends {
    private final Path file;
    private final boolean shared;
    private final List<Connected> connections = new ArrayList<>();

    private SqliteAppends(Path file, boolean shared) {
        this.file = file;
        this.shared = shared;
    }

    /** The writers take turns by a lock in the process. */
    static Appends onOneConnection(Path file) {
        return new SqliteAppends(file, true);
    }

    /** The writers take turns by the lock of the file, for which SQLite waits. */
    static Appends onManyConnections(Path file) {
        return new SqliteAppends(file, false);
    }

    private record Connected(SqliteConnection connection, SqliteStatements statements, ReentrantLock lock) {}

    @Override
    public Appender writer(int number) throws SQLException {
        if (!shared || connections.isEmpty()) {
            connections.add(connect());
        }
        return new Writer(connections.get(connections.size() - 1), "account-" + number);
    }

    private Connected connect() throws SQLException {
        SqliteConnection connection = new SqliteConnection(file);
        return new Connected(connection, new SqliteStatements(connection), new ReentrantLock());
    }

    @Override
    public long stored() throws SQLException {
        return connections.get(0).connection().number("SELECT count(*) FROM events");
    }

    @Override
    public void close() {
        for (Connected connected : connections) {
            connected.connection().close();
        }
    }

    private static final class Writer implements Appender {
        private final Connected connected;
        private final String stream;
        private long version;

        Writer(Connected connected, String stream) {
            this.connected = connected;
            this.stream = stream;
        }

        @Override
        public void append(List<SampleEvent> events) throws SQLException {
            connected.lock().lock();
            try {
                connected.connection().begin();
                connected.statements().insert(owner(version + events.size()), version, events);
                connected.connection().commit();
            } finally {
                connected.lock().unlock();
            }
            version += events.size();
        }

        private Owner owner(long newVersion) throws SQLException {
            SqliteStatements statements = connected.statements();
            return version == 0 ? statements.create(stream, newVersion) : statements.move(stream, version, newVersion);
        }
    }
}

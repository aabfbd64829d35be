package io.headwater.benchmarks;

import io.headwater.benchmarks.AppendVariant.Appends;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** Writers that only insert events, each on a connection of its own: no streams, no checks, no order of the log. */
final class PostgresAppends implements Appends {
    private final PostgresDatabase database;
    private final String namespace;
    private final Kind kind;
    private final List<Connection> connections = new ArrayList<>();
    private final AtomicLong positions = new AtomicLong();

    PostgresAppends(PostgresDatabase database, String namespace, Kind kind) {
        this.database = database;
        this.namespace = namespace;
        this.kind = kind;
    }

    /** How rows are inserted. */
    interface Kind {
        Rows on(Connection connection, String namespace) throws SQLException;
    }

    /** Inserts events of one stream, in one transaction. */
    interface Rows {
        void insert(long stream, long afterVersion, long afterPosition, List<SampleEvent> events) throws Exception;
    }

    @Override
    public Appender writer(int number) throws SQLException {
        Connection connection = database.connect();
        connections.add(connection);
        return new Writer(kind.on(connection, namespace), positions, number);
    }

    private static final class Writer implements Appender {
        private final Rows rows;
        private final AtomicLong positions;
        private final int stream;
        private long version;

        Writer(Rows rows, AtomicLong positions, int stream) {
            this.rows = rows;
            this.positions = positions;
            this.stream = stream;
        }

        @Override
        public void append(List<SampleEvent> events) throws Exception {
            rows.insert(stream, version, positions.getAndAdd(events.size()), events);
            version += events.size();
        }
    }

    @Override
    public long stored() throws SQLException {
        try (Statement statement = connections.get(0).createStatement();
                ResultSet row = statement.executeQuery("SELECT count(*) FROM " + namespace + ".events")) {
            row.next();
            return row.getLong(1);
        }
    }

    @Override
    public void close() {
        try {
            for (Connection connection : connections) {
                connection.close();
            }
        } catch (SQLException e) {
            throw new IllegalStateException("a raw connection cannot be closed", e);
        }
    }
}

package io.headwater.postgres;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * Puts the tables of a store back to what they held, under open stores and open connections: harder to notice than a restore,
 * which ends all connections.
 */
final class PostgresState {
    private static final String TABLES = "SELECT table_name FROM information_schema.tables"
            + " WHERE table_schema = '%s' AND table_type = 'BASE TABLE' AND table_name <> 'migrations'";
    private static final String SEQUENCES =
            "SELECT sequencename, coalesce(last_value, 1) FROM pg_sequences WHERE schemaname = '%s'";

    private static final int MAX_TRIES = 20;

    private final PostgresFixture.Place place;
    private final String copy = PostgresFixture.name();
    private final List<String> putBack = new ArrayList<>();

    private PostgresState(PostgresFixture.Place place) {
        this.place = place;
    }

    /** Keeps the state of the store in this place; what is returned puts it back. */
    static Runnable keep(PostgresFixture.Place place) {
        PostgresState state = new PostgresState(place);
        state.run(state::keep);
        return state::putBack;
    }

    /** Again while what a subscription still saves is in the way, as it ends. */
    private void putBack() {
        for (int tries = 1; ; tries++) {
            try {
                run(statement -> {
                    for (String sql : putBack) {
                        statement.execute(sql);
                    }
                });
                return;
            } catch (IllegalStateException e) {
                if (tries == MAX_TRIES
                        || !(e.getCause() instanceof SQLException cause)
                        || !PostgresErrors.isContention(cause)) {
                    throw e;
                }
            }
        }
    }

    private interface Work {
        void run(Statement statement) throws SQLException;
    }

    private void run(Work work) {
        try (Connection connection = place.source().getConnection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            work.run(statement);
            connection.commit();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The triggers that refuse to change events do not fire for what replicates them. */
    private void keep(Statement statement) throws SQLException {
        String namespace = place.namespace();
        List<String> tables = rows(statement, TABLES.formatted(namespace), "%s");
        statement.execute("CREATE SCHEMA " + copy);
        putBack.add("SET LOCAL session_replication_role = replica");
        // A renewal or a saved checkpoint changes this table first. The snapshot is taken when the lock is held.
        putBack.add("LOCK TABLE %s.subscriptions IN EXCLUSIVE MODE".formatted(namespace));
        for (String table : tables) {
            statement.execute("CREATE TABLE %1$s.%3$s AS TABLE %2$s.%3$s".formatted(copy, namespace, table));
            putBack.add("DELETE FROM %s.%s".formatted(namespace, table));
            putBack.add(
                    "INSERT INTO %2$s.%3$s OVERRIDING SYSTEM VALUE TABLE %1$s.%3$s".formatted(copy, namespace, table));
        }
        putBack.addAll(rows(statement, SEQUENCES.formatted(namespace), "SELECT setval('" + namespace + ".%s', %s)"));
    }

    private static List<String> rows(Statement statement, String query, String pattern) throws SQLException {
        List<String> found = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                String second = rows.getMetaData().getColumnCount() > 1 ? rows.getString(2) : "";
                found.add(pattern.formatted(rows.getString(1), second));
            }
        }
        return found;
    }
}

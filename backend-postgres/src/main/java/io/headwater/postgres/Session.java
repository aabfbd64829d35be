package io.headwater.postgres;

import io.headwater.jdbc.SqlSession;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/** A connection during a call, and the statements on it. Used by one thread at a time. */
final class Session extends SqlSession {
    private final Connection connection;
    private final Namespace namespace;
    private final RunningCalls.Call call;
    private final TransactionSettings settings;

    /** On a connection that is set up, or within a transaction. */
    Session(Connection connection, Namespace namespace, RunningCalls.Call call) {
        this(connection, namespace, call, TransactionSettings.OF_CONNECTION);
    }

    Session(Connection connection, Namespace namespace, RunningCalls.Call call, TransactionSettings settings) {
        this.connection = connection;
        this.namespace = namespace;
        this.call = call;
        this.settings = settings;
    }

    /** Reads a row. */
    interface RowReader {
        void read(ResultSet row) throws SQLException;
    }

    /**
     * Array parameters of these types, for the list of an {@code unnest}. The subqueries hide the lengths of the arrays from
     * the planner. For arrays with fewer than the ten elements that it assumes otherwise, it would make a new plan for every
     * execution, which takes longer than the execution itself.
     */
    static String arrays(String... types) {
        return Stream.of(types).map("(SELECT ?::%s[])"::formatted).collect(Collectors.joining(", "));
    }

    /** An array parameter. The type is that of the elements. */
    Array array(String type, Object elements) throws SQLException {
        return connection.unwrap(PGConnection.class).createArrayOf(type, elements);
    }

    /** Runs a statement with these parameters, and reads its result. The driver keeps prepared statements. */
    private <T> T run(Reader<T> reader, String sql, @Nullable Object... parameters) throws SQLException {
        boolean alone = settings == TransactionSettings.OF_TRANSACTION && connection.getAutoCommit();
        String text = namespace.sql(sql);
        try (PreparedStatement statement = connection.prepareStatement(alone ? settings.alone(text) : text)) {
            bind(statement, parameters);
            call.runs(statement);
            statement.execute();
            for (int i = 0; alone && i < settings.before(); i++) {
                statement.getMoreResults();
            }
            return reader.read(statement);
        } catch (SQLException e) {
            if (alone) {
                rollBack(e);
            }
            throw e;
        }
    }

    /** The driver does not know about the transaction. */
    private void rollBack(SQLException failure) {
        call.runs(() -> {});
        try (Statement statement = connection.createStatement()) {
            statement.execute("ROLLBACK");
        } catch (SQLException e) {
            failure.addSuppressed(e);
        }
    }

    /** Reads the result of a statement. */
    private interface Reader<T> {
        T read(Statement statement) throws SQLException;
    }

    @Override
    public void execute(String sql, @Nullable Object... parameters) throws SQLException {
        run(statement -> true, sql, parameters);
    }

    /** Runs any number of statements, without keeping them as prepared statements. */
    void script(String statements) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            call.runs(statement);
            statement.execute(namespace.replaced(statements));
        }
    }

    @Override
    public int update(String sql, @Nullable Object... parameters) throws SQLException {
        return run(Statement::getUpdateCount, sql, parameters);
    }

    @Override
    protected <T> T query(RowsReader<T> reader, String sql, @Nullable Object... parameters) throws SQLException {
        return run(statement -> reader.read(statement.getResultSet()), sql, parameters);
    }

    /** Writes any number of rows by a COPY FROM STDIN in binary format. */
    void copy(String sql, CopiedRows.Writer rows) throws SQLException {
        PGConnection server = connection.unwrap(PGConnection.class);
        call.runs(server::cancelQuery);
        try {
            CopiedRows.write(server.getCopyAPI().copyIn(namespace.sql(sql)), rows);
        } finally {
            call.runs(() -> {});
        }
    }

    void each(RowReader reader, String sql, @Nullable Object... parameters) throws SQLException {
        list(
                row -> {
                    reader.read(row);
                    return true;
                },
                sql,
                parameters);
    }
}

package io.headwater.sqlite;

import io.headwater.jdbc.SqlCalls;
import io.headwater.jdbc.SqlSession;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.sqlite.ProgressHandler;

/** A connection and the statements prepared on it. Used by one thread at a time. */
final class Session extends SqlSession implements AutoCloseable {
    /** Filters create statements of many shapes. The most recently used ones are kept. */
    private static final int STATEMENTS = 64;

    /** Steps of SQLite's virtual machine: a few rows, which may be large. */
    private static final int STEPS_BETWEEN_QUESTIONS = 50;

    private final Connection connection;
    private final Map<String, PreparedStatement> statements = new LinkedHashMap<>(STATEMENTS, 0.75f, true);

    Session(Connection connection) {
        this.connection = connection;
    }

    /** The statement of this text with these parameters. It belongs to the session, and MUST NOT be closed. */
    PreparedStatement statement(String sql, @Nullable Object... parameters) throws SQLException {
        PreparedStatement statement = statements.get(sql);
        if (statement == null) {
            dropEldest();
            statement = connection.prepareStatement(sql);
            statements.put(sql, statement);
        }
        bind(statement, parameters);
        return statement;
    }

    private void dropEldest() throws SQLException {
        if (statements.size() >= STATEMENTS) {
            Iterator<PreparedStatement> eldest = statements.values().iterator();
            eldest.next().close();
            eldest.remove();
        }
    }

    /** Some pragmas answer with a row; a result that is left open would keep the transaction from ending. */
    @Override
    public void execute(String sql, @Nullable Object... parameters) throws SQLException {
        PreparedStatement statement = statement(sql, parameters);
        if (statement.execute()) {
            statement.getResultSet().close();
        }
    }

    @Override
    public int update(String sql, @Nullable Object... parameters) throws SQLException {
        return statement(sql, parameters).executeUpdate();
    }

    @Override
    protected <T> T query(RowsReader<T> reader, String sql, @Nullable Object... parameters) throws SQLException {
        try (ResultSet found = statement(sql, parameters).executeQuery()) {
            return reader.read(found);
        }
    }

    /** Checks at intervals while a statement runs whether to continue. A statement that is not to continue fails. */
    void goOnWhile(BooleanSupplier wanted) throws SQLException {
        ProgressHandler.setHandler(connection, STEPS_BETWEEN_QUESTIONS, new ProgressHandler() {
            @Override
            protected int progress() {
                return wanted.getAsBoolean() ? 0 : 1;
            }
        });
    }

    /** Runs work whose queries see the store as of one moment. */
    <T> T inSnapshot(SqlCalls.Work<Session, T> work) throws SQLException {
        execute("BEGIN");
        try {
            T result = work.run(this);
            execute("COMMIT");
            return result;
        } catch (SQLException | RuntimeException | Error e) {
            rollBackAfter(e);
            throw e;
        }
    }

    /**
     * Ends the transaction after a failure. SQLite has rolled back by itself after some failures, and then refuses to do so
     * again.
     */
    void rollBackAfter(Throwable failure) {
        try {
            execute("ROLLBACK");
        } catch (SQLException e) {
            failure.addSuppressed(e);
        }
    }

    /**
     * Closes all statements after a failure, because the driver leaves the one that failed unusable, or with rows of a batch
     * that did not run.
     */
    void forgetStatements() throws SQLException {
        List<PreparedStatement> forgotten = List.copyOf(statements.values());
        statements.clear();
        for (PreparedStatement statement : forgotten) {
            statement.close();
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}

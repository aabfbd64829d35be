package io.headwater.postgres;

import io.headwater.EventStoreException;
import io.headwater.OperationInterrupted;
import io.headwater.StoreClosed;
import io.headwater.jdbc.SqlCalls;
import io.headwater.jdbc.SqlFailure;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Runs calls on connections of a pool. A call uses one connection at most, so that a pool of one is enough. Thread-safe;
 * blocks until there is a connection.
 */
final class Database implements SqlCalls<Session>, AutoCloseable {
    private static final int MAX_CALLS = Integer.MAX_VALUE;
    private static final int MAX_TRIES = 20;
    private static final long CLOSING_SECONDS = 5;

    private final Connections connections;
    private final Namespace namespace;
    private final RunningCalls calls = new RunningCalls();
    private final Semaphore open = new Semaphore(MAX_CALLS);
    private volatile boolean closed;

    Database(Connections connections, Namespace namespace) {
        this.connections = connections;
        this.namespace = namespace;
    }

    Namespace namespace() {
        return namespace;
    }

    /** Reads. Each statement sees what was committed when it began. */
    @Override
    public <T> T read(Work<Session, T> work) {
        return call(connection -> {
            try {
                return onOwn(connection, work);
            } catch (SQLException e) {
                throw failed(PostgresErrors.translate(e));
            }
        });
    }

    /** Writes with a single statement, which is its own transaction. */
    @Override
    public <T> T write(Work<Session, T> work) {
        return call(connection -> {
            try {
                return onOwn(connection, work);
            } catch (SQLException e) {
                throw PostgresErrors.translateWrite(e);
            }
        });
    }

    /**
     * Writes with several statements, all or none of which take effect, under READ COMMITTED. Repeats the work if it
     * collides with another transaction, so the work MUST NOT change anything but the database.
     */
    @Override
    public <T> T transaction(Work<Session, T> work) {
        return call(connection -> {
            for (int tries = 1; ; tries++) {
                try {
                    return inTransaction(connection, work);
                } catch (SQLException e) {
                    if (tries == MAX_TRIES || !PostgresErrors.isContention(e)) {
                        throw failed(PostgresErrors.translate(e));
                    }
                }
            }
        });
    }

    private <T> T inTransaction(Connection connection, Work<Session, T> work) throws SQLException {
        connection.setAutoCommit(false);
        boolean committed = false;
        try {
            setUp(connection);
            T result = onOwn(connection, work);
            commit(connection);
            committed = true;
            return result;
        } finally {
            end(connection, committed);
        }
    }

    /** Called at the beginning of a transaction. */
    private void setUp(Connection connection) throws SQLException {
        String settings = connections.settings().begun();
        if (!settings.isEmpty()) {
            onOwn(connection, session -> {
                session.script(settings);
                return true;
            });
        }
    }

    /** If the connection was lost before, nothing is written. If it is lost now, the outcome is unknown. */
    private void commit(Connection connection) throws SQLException {
        try {
            connection.commit();
        } catch (SQLException e) {
            SQLException known = connections.explained(connection, e);
            if (PostgresErrors.isConnectionLost(known)) {
                throw PostgresErrors.translateWrite(known);
            }
            throw known;
        }
    }

    /** A connection that is lost cannot be rolled back, and need not be. */
    private static void end(Connection connection, boolean committed) throws SQLException {
        try {
            if (!committed) {
                connection.rollback();
            }
            connection.setAutoCommit(true);
        } catch (SQLException e) {
            if (!PostgresErrors.isConnectionLost(e) && !connection.isClosed()) {
                throw e;
            }
        }
    }

    /** Runs work in a transaction that the caller ends. */
    <T> OpenTransaction<T> begin(Work<Session, T> work) {
        if (closed || !open.tryAcquire()) {
            throw new StoreClosed();
        }
        boolean begun = false;
        try {
            OpenTransaction<T> transaction = connections.threads().connected(() -> begin(connect(), work));
            begun = true;
            return transaction;
        } finally {
            if (!begun) {
                open.release();
            }
        }
    }

    private <T> OpenTransaction<T> begin(Connection connection, Work<Session, T> work) {
        try {
            return new OpenTransaction<>(connection, begun(connection, work), connections, open::release);
        } catch (SQLException e) {
            throw PostgresErrors.translateWrite(e);
        }
    }

    /** If it throws, it leaves neither a transaction nor a connection. */
    private <T> T begun(Connection connection, Work<Session, T> work) throws SQLException {
        boolean begun = false;
        try {
            connection.setAutoCommit(false);
            setUp(connection);
            T result = onOwn(connection, work);
            begun = true;
            return result;
        } finally {
            if (!begun) {
                giveBack(connection);
            }
        }
    }

    /** Called after a transaction. Rolls back what was not committed. */
    static void giveBack(Connection connection) throws SQLException {
        try (connection) {
            end(connection, false);
        }
    }

    /** Runs work on a connection of the application, within its transaction. */
    <T> T onForeign(Connection connection, Work<Session, T> work) {
        return connections.threads().on(() -> {
            try {
                return onSession(connection, work, TransactionSettings.OF_CONNECTION);
            } catch (SQLException e) {
                throw PostgresErrors.translate(ServerProblem.lost(connection, e));
            }
        });
    }

    private <T> T onOwn(Connection connection, Work<Session, T> work) throws SQLException {
        try {
            return onSession(connection, work, connections.settings());
        } catch (SQLException e) {
            throw connections.explained(connection, e);
        }
    }

    private <T> T onSession(Connection connection, Work<Session, T> work, TransactionSettings settings)
            throws SQLException {
        try (RunningCalls.Call call = calls.begin(connection)) {
            return work.run(new Session(connection, namespace, call, settings));
        } catch (SqlFailure e) {
            throw e.failure();
        }
    }

    /** A use of a connection that translates its own failures. */
    private interface OnConnection<T> {
        T run(Connection connection);
    }

    private <T> T call(OnConnection<T> work) {
        if (closed || !open.tryAcquire()) {
            throw new StoreClosed();
        }
        try {
            return connections.threads().connected(() -> connected(work));
        } finally {
            open.release();
        }
    }

    private <T> T connected(OnConnection<T> work) {
        try (Connection connection = connect()) {
            return work.run(connection);
        } catch (SQLException e) {
            // Only of giving the connection back: what was done is done.
            throw failed(PostgresErrors.translate(e));
        }
    }

    private Connection connect() {
        if (Thread.currentThread().isInterrupted()) {
            throw new OperationInterrupted();
        }
        try {
            return connections.source().getConnection();
        } catch (SQLTransientConnectionException e) {
            throw failed(connections.missing(e));
        } catch (SQLException e) {
            throw failed(PostgresErrors.translate(e));
        }
    }

    private EventStoreException failed(EventStoreException failure) {
        if (Thread.currentThread().isInterrupted()) {
            return new OperationInterrupted();
        }
        return closed ? new StoreClosed() : failure;
    }

    /** Waits some seconds for the calls in progress. Calls that run longer fail when the pool is closed. */
    @Override
    public void close() {
        closed = true;
        try {
            if (open.tryAcquire(MAX_CALLS, CLOSING_SECONDS, TimeUnit.SECONDS)) {
                open.release(MAX_CALLS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        calls.close();
        connections.close();
    }
}

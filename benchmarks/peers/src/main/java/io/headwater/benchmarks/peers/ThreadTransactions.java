package io.headwater.benchmarks.peers;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.axonframework.common.jdbc.ConnectionProvider;
import org.axonframework.common.jdbc.ConnectionWrapperFactory;
import org.axonframework.common.transaction.Transaction;
import org.axonframework.common.transaction.TransactionManager;

/** A transaction belongs to a thread, as it does with Spring, and so does its connection; inner ones join it. */
final class ThreadTransactions implements TransactionManager, ConnectionProvider {
    private final DataSource source;
    private final ThreadLocal<Opened> current = new ThreadLocal<>();

    ThreadTransactions(DataSource source) {
        this.source = source;
    }

    private static final class Opened {
        private final Connection connection;
        private int depth;

        Opened(Connection connection) {
            this.connection = connection;
        }
    }

    /** Closing it leaves the transaction open. */
    @Override
    public Connection getConnection() throws SQLException {
        Opened opened = current.get();
        return opened == null
                ? source.getConnection()
                : ConnectionWrapperFactory.wrap(opened.connection, new ConnectionWrapperFactory.NoOpCloseHandler());
    }

    @Override
    public Transaction startTransaction() {
        try {
            Opened opened = current.get();
            if (opened == null) {
                opened = new Opened(source.getConnection());
                opened.connection.setAutoCommit(false);
                current.set(opened);
            }
            opened.depth++;
            return transaction(opened);
        } catch (SQLException e) {
            throw new IllegalStateException("no transaction", e);
        }
    }

    private Transaction transaction(Opened opened) {
        return new Transaction() {
            @Override
            public void commit() {
                end(opened, Connection::commit);
            }

            @Override
            public void rollback() {
                end(opened, Connection::rollback);
            }
        };
    }

    private interface End {
        void of(Connection connection) throws SQLException;
    }

    private void end(Opened opened, End end) {
        if (--opened.depth > 0) {
            return;
        }
        current.remove();
        try (Connection connection = opened.connection) {
            end.of(connection);
        } catch (SQLException e) {
            throw new IllegalStateException("a transaction did not end", e);
        }
    }
}

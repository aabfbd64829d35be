package io.headwater.sqlite;

import io.headwater.AppendOutcomeUnknown;
import io.headwater.BackendFailure;
import io.headwater.OperationInterrupted;
import io.headwater.StoreUnavailable;
import io.headwater.jdbc.SqlFailure;
import java.sql.SQLException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The transactions of {@link GroupCommit}: makes the writes of a group in one, or each in its own if one of them fails.
 */
final class GroupTransaction {
    private static final Logger LOG = LoggerFactory.getLogger(GroupTransaction.class);

    private final Session session;
    private final WriteLock lock;
    private final FileGuard file;
    private final SameStore store;
    private volatile long appendedTo;

    GroupTransaction(Session session, WriteLock lock, FileGuard file, SameStore store) {
        this.session = session;
        this.store = store;
        this.lock = lock;
        this.file = file;
    }

    /** Begins the transaction of the next group. If it throws, no transaction is open. */
    void begin() throws SQLException {
        try {
            lock.begin();
        } catch (SQLException e) {
            rollback();
            throw e;
        }
    }

    /** Decides all of these writes in the transaction that was begun. Completes no caller. */
    void decide(List<Ticket<?>> group) {
        if (!commit(group)) {
            group.forEach(this::commitAlone);
        }
    }

    /** Makes the writes in the transaction that was begun. Returns false if one of several failed, and none was made. */
    private boolean commit(List<Ticket<?>> group) {
        WriteTransaction transaction = new WriteTransaction(session);
        try {
            store.check(session);
            for (Ticket<?> ticket : group) {
                ticket.run(transaction);
            }
        } catch (SQLException | RuntimeException | Error e) {
            rollback();
            if (group.size() > 1) {
                return false;
            }
            group.get(0).fail(explained(e));
            return true;
        }
        finish(group, transaction);
        return true;
    }

    private Throwable explained(Throwable e) {
        if (e instanceof SqlFailure carrier) {
            return file.translate(carrier.failure());
        }
        return e instanceof SQLException failure ? file.translate(failure) : e;
    }

    /** Each write of the group gets an exception of its own, to which its operation is added. */
    private void finish(List<Ticket<?>> group, WriteTransaction transaction) {
        try {
            file.check();
            session.execute("COMMIT");
            file.checkCommitted();
        } catch (BackendFailure e) {
            rollback();
            group.forEach(ticket -> ticket.fail(new BackendFailure(e.getMessage(), e)));
            return;
        } catch (AppendOutcomeUnknown e) {
            group.forEach(ticket -> ticket.fail(new AppendOutcomeUnknown(e.getMessage(), e)));
            return;
        } catch (SQLException e) {
            rollback();
            group.forEach(ticket -> ticket.fail(SqliteErrors.translateCommit(e)));
            return;
        }
        appendedTo = transaction.appendedTo() > 0 ? transaction.appendedTo() : appendedTo;
        group.forEach(Ticket::complete);
    }

    /**
     * The position of the event that was committed here last; 0 before the first. It grows, unless the file was
     * restored to an earlier state.
     */
    long appendedTo() {
        return appendedTo;
    }

    /** Makes one write of a group that failed, so that only the write that causes the failure fails. */
    private void commitAlone(Ticket<?> ticket) {
        try {
            begin();
        } catch (SQLException e) {
            ticket.fail(file.translate(e));
            return;
        } catch (OperationInterrupted e) {
            ticket.fail(
                    new StoreUnavailable("another write of the same group failed; nothing was written, try again", e));
            return;
        }
        commit(List.of(ticket));
    }

    /**
     * SQLite has rolled back by itself after some failures, and then refuses to do so again. The driver has closed some
     * statements.
     */
    private void rollback() {
        try {
            session.forgetStatements();
        } catch (SQLException e) {
            LOG.debug("a statement that failed did not close", e);
        }
        try {
            session.execute("ROLLBACK");
        } catch (SQLException e) {
            LOG.debug("nothing to roll back", e);
        }
    }

    void close() throws SQLException {
        session.close();
    }
}

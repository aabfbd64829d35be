package io.headwater.sqlite;

import io.headwater.AppendOutcome;
import io.headwater.AppendRequest;
import io.headwater.spi.HeldAppend;
import io.headwater.spi.HeldAppends;
import io.headwater.spi.support.OpenHeldAppends;
import java.sql.SQLException;

/**
 * Appends that are held open. Each has a transaction on a connection of its own, which holds the file's write lock until it
 * ends.
 */
final class SqliteHeldAppends implements HeldAppends {
    private final DatabaseFile file;
    private final FileGuard guard;
    private final AppendEvents appendEvents;
    private final NewEvents events;
    private final OpenHeldAppends open = new OpenHeldAppends();

    SqliteHeldAppends(DatabaseFile file, FileGuard guard, AppendEvents appendEvents, NewEvents events) {
        this.file = file;
        this.guard = guard;
        this.appendEvents = appendEvents;
        this.events = events;
    }

    @Override
    public HeldAppend hold(AppendRequest request) {
        return open.hold(() -> SqliteErrors.translating(() -> begin(request)));
    }

    private Held begin(AppendRequest request) throws SQLException {
        guard.check();
        Session session = file.connect();
        try {
            new WriteLock(session, file.busyTimeout()).begin();
            WriteTransaction transaction = new WriteTransaction(session);
            return new Held(transaction, appendEvents.append(transaction, request));
        } catch (SQLException | RuntimeException e) {
            session.close();
            throw e;
        }
    }

    @Override
    public boolean holdsUpAppends() {
        return true;
    }

    /** Rolls back those that are still open. */
    void close() {
        open.close();
    }

    /** SQLite rolls back the transaction of a connection that is closed. */
    private final class Held implements OpenHeldAppends.Transaction {
        private final WriteTransaction transaction;
        private final AppendOutcome outcome;

        Held(WriteTransaction transaction, AppendOutcome outcome) {
            this.transaction = transaction;
            this.outcome = outcome;
        }

        @Override
        public AppendOutcome commit() {
            try (Session session = transaction.session()) {
                guard.check();
                session.execute("COMMIT");
                guard.checkCommitted();
            } catch (SQLException e) {
                throw SqliteErrors.translateCommit(e);
            }
            events.announce(transaction.appendedTo());
            return outcome;
        }

        @Override
        public void rollback() {
            SqliteErrors.translating(() -> {
                transaction.session().close();
                return true;
            });
        }
    }
}

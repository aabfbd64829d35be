package io.headwater.sqlite;

import io.headwater.AppendOutcome;
import io.headwater.AppendRequest;
import io.headwater.StoreClosed;
import io.headwater.spi.HeldAppend;
import io.headwater.spi.HeldAppends;
import java.sql.SQLException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/** Appends that are held open, each in a transaction on a connection of its own, which has the file's write lock until it ends. */
final class SqliteHeldAppends implements HeldAppends {
    private final DatabaseFile file;
    private final FileGuard guard;
    private final AppendEvents appendEvents;
    private final NewEvents events;
    private final Set<HeldAppend> open = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    SqliteHeldAppends(DatabaseFile file, FileGuard guard, AppendEvents appendEvents, NewEvents events) {
        this.file = file;
        this.guard = guard;
        this.appendEvents = appendEvents;
        this.events = events;
    }

    @Override
    public HeldAppend hold(AppendRequest request) {
        guard.check();
        return SqliteErrors.translating(() -> {
            Session session = file.connect();
            try {
                new WriteLock(session, file.busyTimeout()).begin();
                WriteTransaction transaction = new WriteTransaction(session);
                HeldAppend held = new Held(transaction, appendEvents.append(transaction, request));
                open.add(held);
                if (closed) {
                    held.close();
                    throw new StoreClosed();
                }
                return held;
            } catch (SQLException | RuntimeException e) {
                session.close();
                throw e;
            }
        });
    }

    @Override
    public boolean holdsUpAppends() {
        return true;
    }

    /** Undoes those that are still open. */
    void close() {
        closed = true;
        open.forEach(HeldAppend::close);
    }

    /** SQLite undoes the transaction of a connection that closes. */
    private final class Held implements HeldAppend {
        private final WriteTransaction transaction;
        private final AppendOutcome outcome;
        private final AtomicBoolean ended = new AtomicBoolean();

        Held(WriteTransaction transaction, AppendOutcome outcome) {
            this.transaction = transaction;
            this.outcome = outcome;
        }

        @Override
        public AppendOutcome commit() {
            if (!ended.compareAndSet(false, true)) {
                throw new IllegalStateException("the held append has ended");
            }
            try (Session session = transaction.session()) {
                guard.check();
                session.execute("COMMIT");
                guard.checkCommitted();
            } catch (SQLException e) {
                throw SqliteErrors.translateCommit(e);
            } finally {
                open.remove(this);
            }
            events.announce(transaction.appendedTo());
            return outcome;
        }

        @Override
        public void rollback() {
            if (ended.compareAndSet(false, true)) {
                open.remove(this);
                SqliteErrors.translating(() -> {
                    transaction.session().close();
                    return true;
                });
            }
        }
    }
}

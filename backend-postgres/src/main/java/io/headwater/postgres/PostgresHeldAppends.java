package io.headwater.postgres;

import io.headwater.AppendOutcome;
import io.headwater.AppendRequest;
import io.headwater.spi.HeldAppend;
import io.headwater.spi.HeldAppends;
import io.headwater.spi.support.OpenHeldAppends;

/**
 * Appends that are held open. Each has a transaction on a connection of the pool, with its tickets, its floor and its
 * streams.
 */
final class PostgresHeldAppends implements HeldAppends {
    private final Database database;
    private final AppendEvents appendEvents;
    private final OpenHeldAppends open = new OpenHeldAppends();

    PostgresHeldAppends(Database database, AppendEvents appendEvents) {
        this.database = database;
        this.appendEvents = appendEvents;
    }

    @Override
    public HeldAppend hold(AppendRequest request) {
        return open.hold(() -> new Held(database.begin(session -> AppendEvents.append(session, request))));
    }

    @Override
    public boolean holdsUpAppends() {
        return false;
    }

    /** Rolls back those that are still open. */
    void close() {
        open.close();
    }

    private final class Held implements OpenHeldAppends.Transaction {
        private final OpenTransaction<AppendOutcome> transaction;

        Held(OpenTransaction<AppendOutcome> transaction) {
            this.transaction = transaction;
        }

        @Override
        public AppendOutcome commit() {
            transaction.commit();
            appendEvents.announce(transaction.result());
            return transaction.result();
        }

        @Override
        public void rollback() {
            transaction.close();
        }
    }
}

package io.headwater.postgres;

import io.headwater.AppendOutcome;
import io.headwater.AppendRequest;
import io.headwater.spi.HeldAppend;
import io.headwater.spi.HeldAppends;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/** Appends that are held open, each in a transaction on a connection of the pool: it has its tickets, its floor and its streams. */
final class PostgresHeldAppends implements HeldAppends {
    private final Database database;
    private final AppendEvents appendEvents;
    private final Set<HeldAppend> open = ConcurrentHashMap.newKeySet();

    PostgresHeldAppends(Database database, AppendEvents appendEvents) {
        this.database = database;
        this.appendEvents = appendEvents;
    }

    @Override
    public HeldAppend hold(AppendRequest request) {
        HeldAppend held = new Held(database.begin(session -> AppendEvents.append(session, request)));
        open.add(held);
        return held;
    }

    @Override
    public boolean holdsUpAppends() {
        return false;
    }

    /** Undoes those that are still open. */
    void close() {
        open.forEach(HeldAppend::close);
    }

    private final class Held implements HeldAppend {
        private final OpenTransaction<AppendOutcome> transaction;
        private final AtomicBoolean ended = new AtomicBoolean();

        Held(OpenTransaction<AppendOutcome> transaction) {
            this.transaction = transaction;
        }

        @Override
        public AppendOutcome commit() {
            if (!ends()) {
                throw new IllegalStateException("the held append has ended");
            }
            transaction.commit();
            appendEvents.announce(transaction.result());
            return transaction.result();
        }

        @Override
        public void rollback() {
            if (ends()) {
                transaction.close();
            }
        }

        private boolean ends() {
            open.remove(this);
            return ended.compareAndSet(false, true);
        }
    }
}

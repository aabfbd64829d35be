package io.headwater.spi.support;

import io.headwater.AppendOutcome;
import io.headwater.StoreClosed;
import io.headwater.spi.HeldAppend;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/**
 * The appends that a backend holds open, for its {@link io.headwater.spi.HeldAppends}: each ends once, and those that are still
 * open are undone when the store is closed. Thread-safe.
 */
public final class OpenHeldAppends implements AutoCloseable {
    private final Set<HeldAppend> open = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /** None yet. */
    public OpenHeldAppends() {}

    /** A transaction in which an append was written. Either method is called, once. */
    public interface Transaction {
        /** Commits, notifies followers, and returns the outcome of the append. */
        AppendOutcome commit();

        /** Undoes the append. */
        void rollback();
    }

    /**
     * Begins a transaction and holds it open.
     *
     * @throws StoreClosed if these were closed
     */
    public HeldAppend hold(Supplier<Transaction> begin) {
        refuseIfClosed();
        HeldAppend held = new Held(begin.get());
        open.add(held);
        if (closed) {
            held.rollback();
        }
        refuseIfClosed();
        return held;
    }

    private void refuseIfClosed() {
        if (closed) {
            throw new StoreClosed();
        }
    }

    /** Undoes those that are open. */
    @Override
    public void close() {
        closed = true;
        open.forEach(HeldAppend::rollback);
    }

    private final class Held implements HeldAppend {
        private final Transaction transaction;
        private final AtomicBoolean ended = new AtomicBoolean();

        Held(Transaction transaction) {
            this.transaction = transaction;
        }

        @Override
        public AppendOutcome commit() {
            if (!ends()) {
                throw new IllegalStateException("the held append has ended");
            }
            return transaction.commit();
        }

        @Override
        public void rollback() {
            if (ends()) {
                transaction.rollback();
            }
        }

        private boolean ends() {
            open.remove(this);
            return ended.compareAndSet(false, true);
        }
    }
}

package io.headwater.spi.support;

import io.headwater.AppendOutcome;
import io.headwater.StoreClosed;
import io.headwater.spi.HeldAppend;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/**
 * The open appends of a backend's {@link io.headwater.spi.HeldAppends}. Each is committed or rolled back once; those
 * that are still open when the store is closed are rolled back. Thread-safe.
 */
public final class OpenHeldAppends implements AutoCloseable {
    private final Set<HeldAppend> open = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /** Creates an empty set. */
    public OpenHeldAppends() {}

    /** A transaction in which an append was written. One of its methods is called, once. */
    public interface Transaction {
        /** Commits, notifies readers, and returns the outcome of the append. */
        AppendOutcome commit();

        /** Rolls the append back. */
        void rollback();
    }

    /**
     * Begins a transaction and holds it open.
     *
     * @throws StoreClosed if {@link #close} was called
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

    /** Rolls back the open appends. */
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
                throw new IllegalStateException("the held append was committed or rolled back before");
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

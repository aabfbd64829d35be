package io.headwater.spi.support;

import io.headwater.CodePoints;
import io.headwater.spi.Backend;
import io.headwater.spi.BackendContext;
import io.headwater.spi.CheckpointStore;
import io.headwater.spi.support.SubscriptionChange.LeaseState;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A checkpoint store for storage that one process opens at a time. Everything is kept in memory. A backend only stores
 * each change as bytes, and restores all changes in order when it opens the storage.
 *
 * <p>All stores of the process over the same storage share one instance. The backend must refuse to open storage that
 * another process has open, for example with a lock on its file, because two processes could each give the same lease
 * to a different owner. If this has happened, it is detected when the changes are restored: a warning is logged, and
 * all leases that were given before are invalid. Where several processes share the storage, the storage must decide
 * about leases: use {@link SharedCheckpoints}, or a {@link CheckpointStore} of the backend's own.
 *
 * <p>Thread-safe. Changes are stored one at a time, under a lock of this class.
 */
public final class SingleProcessCheckpoints extends JournaledCheckpoints {
    private static final Logger LOG = LoggerFactory.getLogger(SingleProcessCheckpoints.class);

    private final String storeId;
    private final Consumer<SubscriptionChange> journal;
    private final Lock lock;
    private final Map<String, KnownSubscription> subscriptions;
    private boolean contradicted;

    private SingleProcessCheckpoints(
            Clock clock,
            String storeId,
            Consumer<SubscriptionChange> journal,
            Lock lock,
            Map<String, KnownSubscription> subscriptions) {
        super(storeId, clock);
        this.storeId = storeId;
        this.journal = journal;
        this.lock = lock;
        this.subscriptions = subscriptions;
    }

    private SingleProcessCheckpoints(Clock clock, String storeId, Consumer<SubscriptionChange> journal) {
        this(clock, storeId, journal, new ReentrantLock(), new TreeMap<>(CodePoints::compare));
    }

    /** Creates a checkpoint store for storage that ends with its process: nothing is stored. */
    public SingleProcessCheckpoints(String storeId, Clock clock) {
        this(clock, storeId, change -> {});
    }

    /**
     * Creates a checkpoint store for persistent storage. Pass the changes that are already stored to {@link #restore}
     * first.
     *
     * @param storeId the id of the storage, see {@link Backend#storeId()}
     * @param clock the clock that leases expire by
     * @param journal stores a change, of about 100 bytes to a few megabytes, so that it is durable on return. If it
     *     throws, the change is not made, and the caller gets the exception
     */
    public SingleProcessCheckpoints(String storeId, Clock clock, Consumer<byte[]> journal) {
        this(clock, storeId, change -> journal.accept(change.encoded()));
    }

    /**
     * Returns a view with the same checkpoints, leases and records, for a store with this
     * {@linkplain BackendContext#clock() clock}.
     */
    public SingleProcessCheckpoints by(Clock other) {
        return new SingleProcessCheckpoints(other, storeId, journal, lock, subscriptions);
    }

    /**
     * Restores a change that the journal stored. Must be called for each change, in order, before any other call.
     *
     * @throws io.headwater.IncompatibleStore if the bytes are not a change, or have a newer format
     */
    public void restore(byte[] change) {
        SubscriptionChange decoded = SubscriptionChange.decoded(change);
        locked(() -> {
            LeaseState before = known(decoded.subscription()).lease();
            apply(decoded);
            if (decoded.lease().contradicts(before)) {
                fence(decoded.subscription(), before, decoded.lease());
            }
            return true;
        });
    }

    /** Invalidates the leases that two processes gave at the same time. */
    private void fence(String subscription, LeaseState one, LeaseState other) {
        if (!contradicted) {
            LOG.warn(
                    "two processes had the storage open at once, and changed the lease of subscription '{}' at the same time:"
                            + " only one process at a time may open it",
                    subscription);
        }
        contradicted = true;
        apply(SubscriptionChange.of(subscription, one.epoch() > other.epoch() ? one : other.fenced()));
    }

    private <T> T locked(Supplier<T> work) {
        lock.lock();
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }

    /** Returns the current state of a subscription; a new one, which is not kept, if it was never changed. */
    private KnownSubscription known(String name) {
        KnownSubscription known = subscriptions.get(name);
        return known == null ? new KnownSubscription(name) : known;
    }

    /** Stores the change before it becomes visible. */
    private void change(SubscriptionChange change) {
        journal.accept(change);
        apply(change);
    }

    private void apply(SubscriptionChange change) {
        subscriptions
                .computeIfAbsent(change.subscription(), KnownSubscription::new)
                .apply(change);
    }

    @Override
    <T> T decide(String name, Function<KnownSubscription, Decided<T>> decision) {
        return locked(() -> {
            Decided<T> decided = decision.apply(known(name));
            decided.change().ifPresent(this::change);
            return decided.result();
        });
    }

    @Override
    <T> T read(String name, Function<KnownSubscription, T> work) {
        return locked(() -> work.apply(known(name)));
    }

    @Override
    <T> List<T> readAll(Function<KnownSubscription, Stream<T>> work) {
        return locked(() -> subscriptions.values().stream().flatMap(work).toList());
    }
}

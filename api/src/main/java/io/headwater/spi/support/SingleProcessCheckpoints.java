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
 * Checkpoints, leases and records for storage that one process opens at a time. Everything is kept in memory; a backend
 * only stores each change, as some bytes, and gives them all back in their order when it opens.
 *
 * <p>All stores of the process over one storage share one of these. The backend must refuse to open storage that another process
 * has open, as by a lock on its file: two processes would each give a lease to an owner of their own. That this happened is
 * noticed when the changes are restored, and told as a warning; no lease that was given before is valid then. Where several
 * processes share the storage, leases must be decided there: by {@link SharedCheckpoints}, or by the backend's own {@link
 * CheckpointStore}.
 *
 * <p>Thread-safe. One change at a time is stored, under a lock of its own.
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

    /** For storage that ends with its process: nothing is stored. */
    public SingleProcessCheckpoints(String storeId, Clock clock) {
        this(clock, storeId, change -> {});
    }

    /**
     * For storage that lasts. What it holds already is to be given to {@link #restore} first.
     *
     * @param storeId of the storage, see {@link Backend#storeId()}
     * @param clock of the leases
     * @param journal stores a change, of some 100 bytes to some megabytes, so that it is durable when it returns; when it
     *     throws, the caller gets what it threw, and the change does not count
     */
    public SingleProcessCheckpoints(String storeId, Clock clock, Consumer<byte[]> journal) {
        this(clock, storeId, change -> journal.accept(change.encoded()));
    }

    /** The same checkpoints, leases and records, for a store whose {@linkplain BackendContext#clock() clock} is this one. */
    public SingleProcessCheckpoints by(Clock other) {
        return new SingleProcessCheckpoints(other, storeId, journal, lock, subscriptions);
    }

    /**
     * Takes back a change that the journal was given. Call it for each, in their order, before anything else.
     *
     * @throws io.headwater.IncompatibleStore for bytes that are no such change, or one of a newer format
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

    /** After two processes gave a lease each: neither is valid. */
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

    /** The subscription as it is; a new one that nothing remembers if it was never changed. */
    private KnownSubscription known(String name) {
        KnownSubscription known = subscriptions.get(name);
        return known == null ? new KnownSubscription(name) : known;
    }

    /** First stored, then seen. */
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

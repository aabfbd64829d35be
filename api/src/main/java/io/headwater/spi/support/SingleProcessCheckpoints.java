package io.headwater.spi.support;

import io.headwater.CodePoints;
import io.headwater.spi.Backend;
import io.headwater.spi.BackendContext;
import io.headwater.spi.CheckpointStore;
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

/**
 * Checkpoints, leases and records for storage that one process opens at a time. Everything is kept in memory; a backend
 * only stores each change, as some bytes, and gives them all back in their order when it opens.
 *
 * <p>All stores of the process over one storage share one of these. Where other processes can open the storage, too, leases
 * must be decided there, and the backend implements {@link CheckpointStore} itself.
 *
 * <p>Thread-safe. One change at a time is stored, under a lock of its own.
 */
public final class SingleProcessCheckpoints extends JournaledCheckpoints {
    private final String storeId;
    private final Consumer<SubscriptionChange> journal;
    private final Lock lock;
    private final Map<String, KnownSubscription> subscriptions;

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
            apply(decoded);
            return true;
        });
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

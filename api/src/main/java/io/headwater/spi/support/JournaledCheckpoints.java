package io.headwater.spi.support;

import io.headwater.Position;
import io.headwater.spi.CheckpointStore;
import io.headwater.spi.RecordChange;
import io.headwater.spi.SubscriptionRecord;
import io.headwater.spi.support.SubscriptionChange.LeaseState;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A checkpoint store whose calls are decisions on the state of one subscription, each of which yields a change to
 * store.
 */
abstract class JournaledCheckpoints implements CheckpointStore {
    private final String storeId;
    private final Clock clock;

    JournaledCheckpoints(String storeId, Clock clock) {
        this.storeId = storeId;
        this.clock = clock;
    }

    /**
     * The decision of a call.
     *
     * @param change the change of the subscription; empty for none
     * @param result the result of the call, once the change is stored
     */
    record Decided<T>(Optional<SubscriptionChange> change, T result) {
        static <T> Decided<T> unchanged(T result) {
            return new Decided<>(Optional.empty(), result);
        }

        static <T> Decided<T> changed(SubscriptionChange change, T result) {
            return new Decided<>(Optional.of(change), result);
        }
    }

    /**
     * Decides on the current state of the subscription, and stores the change. If the subscription changes in the
     * meantime, the decision is made again.
     */
    abstract <T> T decide(String name, Function<KnownSubscription, Decided<T>> decision);

    /** Reads the current state of a subscription. */
    abstract <T> T read(String name, Function<KnownSubscription, T> work);

    /** Reads the current state of all subscriptions, ordered by name. */
    abstract <T> List<T> readAll(Function<KnownSubscription, Stream<T>> work);

    @Override
    public Optional<Lease> acquire(String name, String owner, Duration term) {
        return decide(name, subscription -> {
            Instant now = clock.instant();
            return acquired(subscription, subscription.isFreeFor(owner, now), owner, now, term);
        });
    }

    @Override
    public Optional<Lease> takeOver(Holder seen, String owner, Duration term) {
        return decide(
                seen.lease().subscription(),
                subscription -> acquired(subscription, subscription.isAsSeen(seen), owner, clock.instant(), term));
    }

    private static Decided<Optional<Lease>> acquired(
            KnownSubscription subscription, boolean free, String owner, Instant now, Duration term) {
        if (!free) {
            return Decided.unchanged(Optional.empty());
        }
        LeaseState lease = subscription.lease().acquired(owner, now, term);
        return Decided.changed(
                SubscriptionChange.of(subscription.name(), lease),
                Optional.of(new Lease(subscription.name(), owner, lease.epoch())));
    }

    @Override
    public boolean renew(Lease lease, Duration term) {
        return whileHeld(lease, (name, held) -> SubscriptionChange.of(name, held.renewed(clock.instant(), term)));
    }

    @Override
    public void release(Lease lease) {
        whileHeld(lease, (name, held) -> SubscriptionChange.of(name, held.fenced()));
    }

    @Override
    public boolean change(Lease lease, List<RecordChange> changes) {
        return whileHeld(lease, (name, held) -> SubscriptionChange.of(name, held, changes));
    }

    /** Makes this change unless the lease was lost, and returns whether it was made. */
    private boolean whileHeld(Lease lease, BiFunction<String, LeaseState, SubscriptionChange> change) {
        return decide(
                lease.subscription(),
                subscription -> subscription.isHeldBy(lease)
                        ? Decided.changed(change.apply(subscription.name(), subscription.lease()), true)
                        : Decided.unchanged(false));
    }

    @Override
    public SaveResult save(Lease lease, int partition, Position position, List<RecordChange> changes) {
        return decide(lease.subscription(), subscription -> {
            if (!subscription.isHeldBy(lease)) {
                return Decided.unchanged(SaveResult.FENCED);
            }
            if (subscription.isBehind(partition, position)) {
                return Decided.unchanged(SaveResult.BEHIND);
            }
            Checkpoint checkpoint = checkpoint(lease.subscription(), partition, position);
            return Decided.changed(
                    new SubscriptionChange(
                            subscription.name(), subscription.lease(), false, Optional.of(checkpoint), changes),
                    SaveResult.SAVED);
        });
    }

    private Checkpoint checkpoint(String subscription, int partition, Position position) {
        return new Checkpoint(subscription, partition, position, clock.instant(), storeId);
    }

    @Override
    public void change(String name, List<RecordChange> changes) {
        decide(name, subscription -> Decided.changed(SubscriptionChange.of(name, subscription.lease(), changes), true));
    }

    @Override
    public List<SubscriptionRecord> records(String name, String kind, String after, int limit) {
        return read(name, subscription -> subscription.records(kind, after, limit));
    }

    @Override
    public List<Checkpoint> load(String name) {
        return read(name, KnownSubscription::checkpoints);
    }

    @Override
    public List<Checkpoint> list() {
        return readAll(subscription -> subscription.checkpoints().stream());
    }

    @Override
    public Optional<Holder> holder(String name) {
        Instant now = clock.instant();
        return read(name, subscription -> holder(subscription, now));
    }

    @Override
    public List<Holder> holders() {
        Instant now = clock.instant();
        return readAll(subscription -> holder(subscription, now).stream());
    }

    private static Optional<Holder> holder(KnownSubscription subscription, Instant now) {
        return subscription.isHeld(now) ? Optional.of(subscription.holder()) : Optional.empty();
    }

    @Override
    public void reset(String name, Position position) {
        decide(name, subscription -> {
            Optional<Checkpoint> checkpoint = Optional.of(checkpoint(name, 0, position));
            LeaseState fenced = subscription.lease().fenced();
            return Decided.changed(new SubscriptionChange(name, fenced, true, checkpoint, List.of()), true);
        });
    }

    @Override
    public boolean forget(String name) {
        return decide(name, subscription -> {
            if (subscription.isUntouched()) {
                return Decided.unchanged(false);
            }
            LeaseState fenced = subscription.lease().fenced();
            return Decided.changed(
                    new SubscriptionChange(name, fenced, true, Optional.empty(), List.of()),
                    subscription.keepsAnything());
        });
    }
}

package io.headwater.internal;

import io.headwater.DeliveryAudit;
import io.headwater.EventStoreException;
import io.headwater.ParkedEvent;
import io.headwater.Position;
import io.headwater.StreamId;
import io.headwater.SubscriptionInfo;
import io.headwater.Subscriptions;
import io.headwater.UnsupportedCapability;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The durable subscriptions of a store that was opened read-only: to look at (L4).
 *
 * @param guard of the store
 * @param stored the subscriptions as the store keeps them
 */
record ReadOnlySubscriptions(Guard guard, Subscriptions stored) implements Subscriptions {

    @Override
    public List<SubscriptionInfo> list() {
        return stored.list();
    }

    @Override
    public Optional<SubscriptionInfo> find(String name) {
        return stored.find(name);
    }

    @Override
    public Stream<ParkedEvent> parked(String name) {
        return stored.parked(name);
    }

    @Override
    public DeliveryAudit audit(String name) {
        return stored.audit(name);
    }

    @Override
    public void reset(String name, Position position) {
        throw refusal("reset");
    }

    @Override
    public boolean forget(String name) {
        throw refusal("forget");
    }

    @Override
    public long replay(String name) {
        throw refusal("replay");
    }

    @Override
    public long replay(String name, StreamId stream) {
        throw refusal("replay");
    }

    @Override
    public long drop(String name) {
        throw refusal("drop");
    }

    @Override
    public long drop(String name, StreamId stream) {
        throw refusal("drop");
    }

    private EventStoreException refusal(String operation) {
        return UnsupportedCapability.readOnly().in(guard.backend(), operation);
    }
}

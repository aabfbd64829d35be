package com.example.orders;

import io.headwater.EventStore;
import io.headwater.Payload;
import io.headwater.Snapshot;
import io.headwater.SnapshotStore;
import io.headwater.StreamId;
import io.headwater.jackson.TypedEvents;
import tools.jackson.databind.json.JsonMapper;

/** Snapshots of orders, so that a long stream need not be read from its beginning. */
final class OrderSnapshots {
    /**
     * Another shape of {@link Order} needs another name: the old snapshots are then not found, and new ones are taken.
     */
    private static final String NAME = "order.v1";

    private static final int EVERY = 100;
    private static final JsonMapper JSON = TypedEvents.defaultMapper();

    private final SnapshotStore snapshots;

    OrderSnapshots(EventStore store) {
        snapshots = store.facet(SnapshotStore.class).orElseThrow();
    }

    /** An order, and the version of its stream that it was computed from. */
    record Known(long version, Order order) {}

    Known load(StreamId stream) {
        return snapshots
                .load(stream, NAME)
                .map(found ->
                        new Known(found.version(), JSON.readValue(found.data().bytes(), Order.class)))
                .orElse(new Known(0, Order.NEW));
    }

    boolean isDue(long saved, long version) {
        return version - saved >= EVERY;
    }

    /** Does nothing if there is a snapshot of this version, or of a later one. */
    void save(StreamId stream, Known known) {
        Payload state = Payload.json(JSON.writeValueAsString(known.order()));
        snapshots.save(new Snapshot(stream, NAME, known.version(), state));
    }
}

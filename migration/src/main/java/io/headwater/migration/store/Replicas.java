package io.headwater.migration.store;

import io.headwater.EventStore;
import io.headwater.Position;
import io.headwater.spi.Fidelity;
import io.headwater.spi.Replication;

/** How the changes of a store are read, and written to it. */
public final class Replicas {
    private Replicas() {}

    /** The facet of the store, or else what does the same by the operations that every store has. */
    public static Replication of(EventStore store) {
        return store.facet(Replication.class).orElseGet(() -> new EmulatedReplication(store));
    }

    /** Whether events keep the positions that they have in the source, in a target whose log was empty when the copy began. */
    public static boolean keepPositions(EventStore source, EventStore target, Position began) {
        return began.equals(Position.START)
                && areNative(source)
                && of(target).fidelity().contains(Fidelity.POSITIONS);
    }

    /** Whether the store tells truncations and tombstones among its changes. */
    public static boolean areNative(EventStore store) {
        return store.facet(Replication.class).isPresent();
    }
}

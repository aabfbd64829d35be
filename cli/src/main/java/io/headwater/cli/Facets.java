package io.headwater.cli;

import io.headwater.Capability;
import io.headwater.EventStore;

/** The further parts of a store. */
final class Facets {
    private Facets() {}

    /** Throws {@link io.headwater.UnsupportedCapability} if the store has not this part. */
    static <T> T of(EventStore store, Class<T> facet, Capability capability) {
        store.capabilities().require(capability);
        return store.facet(facet).orElseThrow();
    }
}

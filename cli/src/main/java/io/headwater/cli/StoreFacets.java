package io.headwater.cli;

import io.headwater.Capability;
import io.headwater.EventStore;

/** The facets of a store. */
final class StoreFacets {
    private StoreFacets() {}

    /** Returns the facet. Throws {@link io.headwater.UnsupportedCapability} if the store does not have it. */
    static <T> T of(EventStore store, Class<T> facet, Capability capability) {
        store.capabilities().require(capability);
        return store.facet(facet).orElseThrow();
    }
}

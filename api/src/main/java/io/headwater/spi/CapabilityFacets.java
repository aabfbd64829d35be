package io.headwater.spi;

import io.headwater.Capability;
import java.util.Arrays;
import java.util.Optional;

/** The facet of each {@link Capability}, those of this package included. */
public final class CapabilityFacets {
    private CapabilityFacets() {}

    /** Returns the facet through which a capability is used; empty if it is a part of {@link io.headwater.EventStore} itself. */
    public static Optional<Class<?>> of(Capability capability) {
        return capability == Capability.REPLICATION ? Optional.of(Replication.class) : capability.facet();
    }

    /** Returns the capability that a facet belongs to; empty for a facet that a backend adds. */
    public static Optional<Capability> behind(Class<?> facet) {
        return Arrays.stream(Capability.values())
                .filter(capability -> of(capability).filter(facet::equals).isPresent())
                .findFirst();
    }
}

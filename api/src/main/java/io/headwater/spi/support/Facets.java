package io.headwater.spi.support;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The facets of a backend, found by the interfaces that they implement. Immutable. */
public final class Facets {
    private final List<Object> parts;

    private Facets(List<Object> parts) {
        this.parts = List.copyOf(parts);
    }

    /** Returns these facets. If several implement the same interface, the first is found. */
    public static Facets of(Object... parts) {
        return new Facets(List.of(parts));
    }

    /** Returns these facets and further ones. */
    public Facets and(Object... further) {
        List<Object> all = new ArrayList<>(parts);
        all.addAll(List.of(further));
        return new Facets(all);
    }

    /** See {@link io.headwater.spi.Backend#facet}. */
    public <T> Optional<T> find(Class<T> type) {
        return parts.stream().filter(type::isInstance).map(type::cast).findFirst();
    }
}

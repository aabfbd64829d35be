package io.headwater;

import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The store cannot do what was asked: refused before any I/O (E2). */
public final class UnsupportedCapability extends EventStoreException {
    private static final long serialVersionUID = 1L;

    private final Set<Capability> missing;

    /** A call that needs these capabilities of a store without them. */
    public UnsupportedCapability(Set<Capability> missing) {
        super(
                "not supported by this store: "
                        + new TreeSet<>(missing).stream().map(Capability::title).collect(Collectors.joining(", "))
                        + "; ask capabilities() first, or open the store with require(…)",
                Retry.NEVER,
                null);
        this.missing = Set.copyOf(missing);
    }

    public Set<Capability> missing() {
        return missing;
    }
}

package io.headwater;

import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The store does not support what was requested, or was opened read-only (E2, L4). Thrown before any I/O. */
public final class UnsupportedCapability extends EventStoreException {
    private static final long serialVersionUID = 1L;

    private final Set<Capability> missing;

    /** For a call that needs these capabilities. */
    public UnsupportedCapability(Set<Capability> missing) {
        super(
                "not supported by this store: "
                        + new TreeSet<>(missing).stream().map(Capability::title).collect(Collectors.joining(", "))
                        + "; ask capabilities() first, or open the store with require(…)",
                Retry.NEVER,
                null);
        this.missing = Set.copyOf(missing);
    }

    private UnsupportedCapability(String message, Set<Capability> missing) {
        super(message, Retry.NEVER, null);
        this.missing = Set.copyOf(missing);
    }

    /** For a call that needs a capability which this storage offers only up to a size that it has outgrown. */
    public static UnsupportedCapability outgrown(Capability capability, String message) {
        return new UnsupportedCapability(message, Set.of(capability));
    }

    /** For a call that would write to a store that was opened read-only (L4). */
    public static UnsupportedCapability readOnly() {
        return new UnsupportedCapability(
                "the store was opened read-only, and this would write; open it without access=read to do so", Set.of());
    }

    /** The capabilities that the store does not support; empty if the store was opened read-only. */
    public Set<Capability> missing() {
        return missing;
    }
}

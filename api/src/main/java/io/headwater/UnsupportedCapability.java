package io.headwater;

import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The store cannot do what was asked, or was opened read-only: refused before any I/O (E2, L4). */
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

    private UnsupportedCapability(String message) {
        super(message, Retry.NEVER, null);
        this.missing = Set.of();
    }

    /** A call that would write to a store that was opened read-only (L4). */
    public static UnsupportedCapability readOnly() {
        return new UnsupportedCapability(
                "the store was opened read-only, and this would write; open it without access=read to do so");
    }

    /** The capabilities that the store lacks; empty if it lacks none, and was opened read-only. */
    public Set<Capability> missing() {
        return missing;
    }
}

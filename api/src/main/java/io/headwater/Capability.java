package io.headwater;

import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a store may or may not be able to do. Each constant is one group of rules of the contract. */
public enum Capability {
    /** One atomic append to several streams, and expectations on streams not written (A7). */
    MULTI_STREAM_APPEND("multi-stream append", null),
    /** Delete, tombstone and truncate streams (D1–D4). */
    STREAM_ADMIN("stream administration", StreamAdmin.class),
    /** Physically remove deleted and truncated events (D4). */
    SCAVENGE("scavenge", Scavenger.class),
    /** Snapshots per stream and name (Z1). */
    SNAPSHOTS("snapshots", SnapshotStore.class),
    /** List streams and categories. */
    STREAM_CATALOG("stream catalog", StreamCatalog.class),
    /** Find the position of a time (G10). */
    POSITION_AT_TIME("position at time", null),
    /** Many appends, each atomic, in one round trip and one commit. */
    BULK_IMPORT("bulk import", BulkImport.class),
    /** Facts about the storage for operators. */
    DIAGNOSTICS("diagnostics", Diagnostics.class);

    private final String title;
    private final @Nullable Class<?> facet;

    Capability(String title, @Nullable Class<?> facet) {
        this.title = title;
        this.facet = facet;
    }

    /** Words for a message or a table. */
    public String title() {
        return title;
    }

    /** The facet by which it is used, for {@link EventStore#facet}; empty when it is part of {@link EventStore} itself. */
    public Optional<Class<?>> facet() {
        return Optional.ofNullable(facet);
    }

    /** The capability that stands behind a facet; empty for a backend's own facet. */
    public static Optional<Capability> behind(Class<?> facet) {
        return Arrays.stream(values())
                .filter(capability -> capability.facet == facet)
                .findFirst();
    }
}

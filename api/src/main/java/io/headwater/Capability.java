package io.headwater;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a store may or may not support. Each constant stands for a group of rules of the contract. */
public enum Capability {
    /** One atomic append to several streams, and expected versions of streams that are not written (A7). */
    MULTI_STREAM_APPEND("multi-stream append", null),
    /** Deleting, tombstoning and truncating streams (D1–D4). */
    STREAM_ADMIN("stream administration", StreamAdmin.class),
    /** Removing deleted and truncated events physically (D4). */
    SCAVENGE("scavenge", Scavenger.class),
    /** The latest snapshot for each stream and name (Z1). */
    SNAPSHOTS("snapshots", SnapshotStore.class),
    /** Listing streams and categories (F1). */
    STREAM_CATALOG("stream catalog", StreamCatalog.class),
    /** The position at which a time begins (G10). */
    POSITION_AT_TIME("position at time", null),
    /** Many atomic appends in few round trips and commits (F2). */
    BULK_IMPORT("bulk import", BulkImport.class),
    /** Facts about the storage for operators (F3). */
    DIAGNOSTICS("diagnostics", Diagnostics.class),
    /** The changes of the store, and writing those of others, for tools that move stores (F4, F5). */
    REPLICATION("replication", null);

    private final String title;
    private final @Nullable Class<?> facet;

    Capability(String title, @Nullable Class<?> facet) {
        this.title = title;
        this.facet = facet;
    }

    /** The name of the capability in messages and tables. */
    public String title() {
        return title;
    }

    /**
     * The facet through which applications use it, for {@link EventStore#facet}; empty if it is a part of {@link EventStore} itself, or
     * if only tools use it, through a facet of the package {@code io.headwater.spi}.
     */
    public Optional<Class<?>> facet() {
        return Optional.ofNullable(facet);
    }
}

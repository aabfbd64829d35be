package io.headwater.internal;

import io.headwater.BulkImport;
import io.headwater.Diagnostics;
import io.headwater.Scavenger;
import io.headwater.SnapshotStore;
import io.headwater.StreamAdmin;
import io.headwater.StreamCatalog;
import io.headwater.spi.CheckpointStore;
import io.headwater.spi.HeldAppends;
import java.util.Map;
import java.util.Set;

/**
 * The methods of facets that only read, by name. All other methods of these facets are refused when a store was opened
 * read-only (L4), so that a method that is added later is refused until it is listed here.
 */
final class ReadingMethods {
    private static final Map<Class<?>, Set<String>> BY_FACET = Map.of(
            StreamAdmin.class, Set.of(),
            Scavenger.class, Set.of(),
            BulkImport.class, Set.of(),
            HeldAppends.class, Set.of("holdsUpAppends"),
            SnapshotStore.class, Set.of("load"),
            StreamCatalog.class, Set.of("streams", "categories"),
            Diagnostics.class, Set.of("describe"),
            CheckpointStore.class, Set.of("records", "load", "list", "holder", "holders"));

    private ReadingMethods() {}

    /** Whether a call of this method may write. What a backend's own facet does is for the backend to refuse. */
    static boolean mayWrite(Class<?> facet, String method) {
        Set<String> reading = BY_FACET.get(facet);
        return reading != null && !reading.contains(method);
    }
}

package io.headwater.internal;

import io.headwater.AppendRequest;
import io.headwater.BulkImport;
import io.headwater.Diagnostics;
import io.headwater.Scavenger;
import io.headwater.SnapshotStore;
import io.headwater.StreamAdmin;
import io.headwater.StreamCatalog;
import io.headwater.spi.CheckpointStore;
import io.headwater.spi.HeldAppends;
import io.headwater.spi.Replication;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The facets that every store checks: which of their methods only read, and what is checked before the backend is called. All other
 * methods are refused when a store was opened read-only (L4), so that a method that is added later is refused until it is listed here.
 */
final class FacetTable {
    private static final Map<Class<?>, Row<?>> ROWS = Stream.of(
                    new Row<>(StreamAdmin.class, Set.of(), (facet, store) -> new CheckedAdmin(facet)),
                    new Row<>(Scavenger.class, Set.of(), (facet, store) -> facet),
                    new Row<>(
                            BulkImport.class,
                            Set.of(),
                            (facet, store) -> new CheckedBulkImport(facet, store.request())),
                    new Row<>(
                            HeldAppends.class,
                            Set.of("holdsUpAppends"),
                            (facet, store) -> new CheckedHeldAppends(facet, store.request())),
                    new Row<>(SnapshotStore.class, Set.of("load"), (facet, store) -> new CheckedSnapshots(facet)),
                    new Row<>(
                            StreamCatalog.class,
                            Set.of("streams", "categories"),
                            (facet, store) -> new CheckedCatalog(facet)),
                    new Row<>(Diagnostics.class, Set.of("describe"), (facet, store) -> facet),
                    new Row<>(
                            Replication.class,
                            Set.of("fidelity", "changes"),
                            (facet, store) -> new CheckedReplication(facet, store.request())),
                    new Row<>(
                            CheckpointStore.class,
                            Set.of("records", "load", "list", "holder", "holders"),
                            (facet, store) -> new CheckedCheckpoints(facet, store.leases())))
            .collect(Collectors.toMap(Row::type, Function.identity()));

    private FacetTable() {}

    /**
     * What checks need to know of a store.
     *
     * @param request throws for a request that the store does not take
     * @param leases of the leases that the store's callers did not get
     */
    record StoreChecks(Consumer<AppendRequest> request, LeaseWatch leases) {}

    private record Row<T>(Class<T> type, Set<String> reading, BiFunction<T, StoreChecks, T> checks) {
        T checked(Object facet, StoreChecks store) {
            return checks.apply(type.cast(facet), store);
        }
    }

    /** The facet with its checks, by the type that was asked for: one object may be several facets. */
    static <T> T checked(Class<T> type, T facet, StoreChecks store) {
        Row<?> row = ROWS.get(type);
        return row == null ? facet : type.cast(row.checked(facet, store));
    }

    /** Whether a call of this method may write. What a backend's own facet does is for the backend to refuse. */
    static boolean mayWrite(Class<?> type, String method) {
        Row<?> row = ROWS.get(type);
        return row != null && !row.reading().contains(method);
    }
}

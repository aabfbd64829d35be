package io.headwater.verification.mutants;

import static io.headwater.verification.Proxies.altered;
import static io.headwater.verification.mutants.Mutant.ofCheckpoints;
import static io.headwater.verification.mutants.Mutant.ofFacet;

import io.headwater.AppendRequest;
import io.headwater.BulkImport;
import io.headwater.StreamCatalog;
import io.headwater.StreamId;
import io.headwater.spi.CheckpointStore;
import io.headwater.spi.CheckpointStore.Lease;
import io.headwater.spi.RecordChange;
import io.headwater.spi.SubscriptionRecord;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What goes wrong behind the first 256 of a list. */
final class LongListMutants {
    private static final int PAGE = 256;

    static final List<Mutant> ALL = List.of(
            ofCheckpoints(
                    "at most 256 checkpoints are listed",
                    store -> altered(CheckpointStore.class, store, "list", args -> first(store.list())),
                    "K2.48"),
            ofCheckpoints(
                    "at most 256 records are on a page",
                    store -> altered(
                            CheckpointStore.class,
                            store,
                            "records",
                            args -> first(store.records(
                                    (String) args[0], (String) args[1], (String) args[2], (Integer) args[3]))),
                    "K2.50"),
            ofCheckpoints(
                    "one more record than the greatest limit is read, which is a negative number",
                    store -> altered(
                            CheckpointStore.class,
                            store,
                            "records",
                            args -> store.records(
                                    (String) args[0], (String) args[1], (String) args[2], capped(args[3]))),
                    "K2.50"),
            ofCheckpoints(
                    "a forget removes the first 100 records",
                    store ->
                            altered(CheckpointStore.class, store, "forget", args -> forgotten(store, (String) args[0])),
                    "K2.56"),
            ofCheckpoints(
                    "at most 256 leases are renewed at once",
                    store -> altered(CheckpointStore.class, store, "renewAll", args -> renewedFirst(store, args)),
                    "K3.52"),
            ofFacet(
                    "at most 256 streams are on a page",
                    StreamCatalog.class,
                    catalog -> altered(
                            StreamCatalog.class,
                            catalog,
                            "streams",
                            args -> first(catalog.streams((String) args[0], after(args[1]), (Integer) args[2]))),
                    "F1.14"),
            ofFacet(
                    "one more stream than the greatest limit is read, which is a negative number",
                    StreamCatalog.class,
                    catalog -> altered(
                            StreamCatalog.class,
                            catalog,
                            "streams",
                            args -> catalog.streams((String) args[0], after(args[1]), capped(args[2]))),
                    "F1.14"),
            ofFacet(
                    "at most 256 categories are listed",
                    StreamCatalog.class,
                    catalog -> altered(StreamCatalog.class, catalog, "categories", args -> first(catalog.categories())),
                    "F1.15"),
            ofFacet(
                    "imports are of at most 256 appends",
                    BulkImport.class,
                    bulk -> altered(
                            BulkImport.class, bulk, "appendAll", args -> bulk.appendAll(first(requests(args[0])))),
                    "F2.15"));

    private LongListMutants() {}

    private static <T> List<T> first(List<T> all) {
        return all.stream().limit(PAGE).toList();
    }

    private static int capped(Object limit) {
        return (Integer) limit + 1 > 0 ? (Integer) limit : 1;
    }

    private static boolean forgotten(CheckpointStore store, String subscription) {
        List<SubscriptionRecord> left = store.records(subscription, "note", "", Integer.MAX_VALUE).stream()
                .skip(100)
                .toList();
        boolean had = store.forget(subscription);
        left.forEach(record ->
                store.change(subscription, List.of(RecordChange.put(record.kind(), record.key(), record.fields()))));
        return had;
    }

    @SuppressWarnings("unchecked")
    private static List<AppendRequest> requests(Object list) {
        return (List<AppendRequest>) list;
    }

    @SuppressWarnings("unchecked")
    private static Optional<StreamId> after(Object stream) {
        return (Optional<StreamId>) stream;
    }

    @SuppressWarnings("unchecked")
    private static Set<Lease> renewedFirst(CheckpointStore store, Object[] args) {
        Collection<Lease> all = (Collection<Lease>) args[0];
        store.renewAll(all.stream().limit(PAGE).toList(), (Duration) args[1]);
        return new HashSet<>(all);
    }
}

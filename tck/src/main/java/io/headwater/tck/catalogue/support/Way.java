package io.headwater.tck.catalogue.support;

import io.headwater.AppendOutcome;
import io.headwater.AppendRequest;
import io.headwater.BulkImport;
import io.headwater.Capability;
import io.headwater.EventStore;
import io.headwater.spi.HeldAppend;
import io.headwater.spi.HeldAppends;
import io.headwater.tck.rule.Expect;
import java.util.ArrayList;
import java.util.List;

/** One of the ways in which a store makes an append. */
@FunctionalInterface
public interface Way {
    /** Alone. */
    Way ALONE = EventStore::tryAppend;

    /** As an import of one. */
    Way IMPORTED = (store, request) -> {
        List<AppendOutcome> outcomes =
                store.facet(BulkImport.class).orElseThrow().appendAll(List.of(request));
        Expect.equal("outcomes of an import of one append", 1, outcomes.size());
        return outcomes.get(0);
    };

    /** Held before its commit. */
    Way HELD = (store, request) -> {
        try (HeldAppend held = store.facet(HeldAppends.class).orElseThrow().hold(request)) {
            return held.commit();
        }
    };

    /** All ways that a store has. */
    static List<Way> of(EventStore store) {
        List<Way> ways = new ArrayList<>(List.of(ALONE));
        if (store.capabilities().supports(Capability.BULK_IMPORT)) {
            ways.add(IMPORTED);
        }
        if (store.facet(HeldAppends.class).isPresent()) {
            ways.add(HELD);
        }
        return ways;
    }

    AppendOutcome append(EventStore store, AppendRequest request);
}

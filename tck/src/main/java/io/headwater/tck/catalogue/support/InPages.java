package io.headwater.tck.catalogue.support;

import io.headwater.StreamCatalog;
import io.headwater.StreamCatalog.StreamInfo;
import io.headwater.spi.CheckpointStore;
import io.headwater.spi.SubscriptionRecord;
import io.headwater.tck.rule.Expect;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Lists that are read page by page. */
public final class InPages {
    private InPages() {}

    /** The streams that begin with a prefix. */
    public static List<StreamInfo> streams(StreamCatalog catalog, String prefix, int limit) {
        return all(limit, last -> catalog.streams(prefix, last.map(StreamInfo::stream), limit));
    }

    /** The records of a kind. */
    public static List<SubscriptionRecord> records(CheckpointStore store, String subscription, String kind, int limit) {
        return all(
                limit,
                last -> store.records(
                        subscription, kind, last.map(SubscriptionRecord::key).orElse(""), limit));
    }

    /**
     * All elements. Fails if a page has more than the limit, or fewer although there are more.
     *
     * @param next the page after this element, or the first one
     */
    private static <T> List<T> all(int limit, Function<Optional<T>, List<T>> next) {
        List<T> all = new ArrayList<>();
        List<T> page = next.apply(Optional.empty());
        while (!page.isEmpty()) {
            Expect.that(page.size() <= limit, "a page of %s for a limit of %s".formatted(page.size(), limit));
            Expect.that(Collections.disjoint(all, page), "a page repeats what another had: " + page);
            all.addAll(page);
            int before = page.size();
            page = next.apply(Optional.of(all.get(all.size() - 1)));
            Expect.that(
                    page.isEmpty() || before == limit,
                    "a page of %s for a limit of %s, and there are more".formatted(before, limit));
        }
        return all;
    }
}

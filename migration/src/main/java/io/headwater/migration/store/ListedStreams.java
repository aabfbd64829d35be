package io.headwater.migration.store;

import io.headwater.EventStore;
import io.headwater.StreamCatalog;
import io.headwater.StreamCatalog.StreamInfo;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;

/**
 * The states of all streams of a store in the order of their ids, page by page as they are consumed. Streams that are created meanwhile
 * may be missing. Its methods block.
 */
public final class ListedStreams implements Iterator<StreamState> {
    private static final int PAGE = 1000;

    private final StreamCatalog catalog;
    private List<StreamInfo> page;
    private int next;

    private ListedStreams(StreamCatalog catalog) {
        this.catalog = catalog;
        this.page = catalog.streams("", Optional.empty(), PAGE);
    }

    /** Empty if the store has no catalog. */
    public static Optional<ListedStreams> of(EventStore store) {
        return store.facet(StreamCatalog.class).map(ListedStreams::new);
    }

    @Override
    public boolean hasNext() {
        if (next == page.size() && page.size() == PAGE) {
            page = catalog.streams("", Optional.of(page.get(PAGE - 1).stream()), PAGE);
            next = 0;
        }
        return next < page.size();
    }

    @Override
    public StreamState next() {
        if (!hasNext()) {
            throw new NoSuchElementException("no more streams");
        }
        return StreamState.of(page.get(next++));
    }
}

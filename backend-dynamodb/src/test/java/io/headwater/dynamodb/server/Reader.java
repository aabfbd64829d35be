package io.headwater.dynamodb.server;

/** Reads of single items, strongly or eventually consistent: "DynamoDB read consistency". */
final class Reader {
    private final Store store;
    private final Faults faults;

    Reader(Store store, Faults faults) {
        this.store = store;
        this.faults = faults;
    }

    Item read(Table table, Key key, boolean consistent, Call call) {
        Item item = store.read(table, key, asOf(consistent, call));
        call.meter().read(table, Units.read(item, consistent));
        return item;
    }

    Page page(PageRequest request) {
        return store.page(request);
    }

    long asOf(boolean consistent, Call call) {
        return !consistent && call.meets(Fault.STALE_READ) ? faults.staleTime() : Store.NOW;
    }

    /** The number of items that a page may have, lower than the limit where a page ends early. */
    int limit(Integer limit, Call call) {
        int maximum = limit == null ? Integer.MAX_VALUE : limit;
        return call.meets(Fault.PARTIAL_PAGE) ? Math.min(maximum, 1 + faults.below(3)) : maximum;
    }
}

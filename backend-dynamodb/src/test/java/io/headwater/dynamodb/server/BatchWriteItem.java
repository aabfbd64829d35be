package io.headwater.dynamodb.server;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** "BatchWriteItem": up to 25 puts and deletes, each for itself; those that a transaction is in the way of are unprocessed. */
final class BatchWriteItem implements Operation {
    private static final int MAX_WRITES = 25;

    private record Entry(Write write, Map<String, Object> json) {}

    private final Store store;
    private final Faults faults;

    BatchWriteItem(Store store, Faults faults) {
        this.store = store;
        this.faults = faults;
    }

    @Override
    public Set<String> members() {
        return Set.of("RequestItems", "ReturnConsumedCapacity", "ReturnItemCollectionMetrics");
    }

    @Override
    public Map<String, Object> run(Request request, Call call) {
        ItemMembers.constraints(request).check();
        Map<String, Object> tables = Batches.tables(request, "BatchWriteItem");
        checkCounts(tables);
        Map<String, List<Entry>> entries = new LinkedHashMap<>();
        tables.forEach((name, json) -> entries.put(name, entries(name, Request.asList(json))));
        Map<String, Object> unprocessed = new LinkedHashMap<>();
        entries.forEach((name, writes) -> {
            List<Object> remaining = writes.stream()
                    .filter(entry -> !write(entry.write(), call))
                    .<Object>map(Entry::json)
                    .toList();
            if (!remaining.isEmpty()) {
                unprocessed.put(name, remaining);
            }
        });
        Map<String, Object> response = new LinkedHashMap<>();
        response.put("UnprocessedItems", unprocessed);
        reportMetrics(request, entries, response);
        call.meter().report(request, response, true);
        return response;
    }

    private static void reportMetrics(Request request, Map<String, List<Entry>> entries, Map<String, Object> response) {
        Map<String, Object> metrics = new LinkedHashMap<>();
        entries.forEach((name, writes) -> {
            Table table = writes.get(0).write().table();
            if (CollectionMetrics.asked(request, table)) {
                metrics.put(
                        name,
                        writes.stream()
                                .map(entry -> new Key(entry.write().key().partition(), null))
                                .distinct()
                                .map(key -> CollectionMetrics.of(table, key))
                                .toList());
            }
        });
        if (!metrics.isEmpty()) {
            response.put("ItemCollectionMetrics", metrics);
        }
    }

    private static void checkCounts(Map<String, Object> tables) {
        int total = 0;
        for (Object json : tables.values()) {
            int count = Request.asList(json).size();
            if (count == 0 || count > MAX_WRITES) {
                throw ServiceException.validation(
                        "1 validation error detected: Value '" + tables + "' at 'requestItems' failed to satisfy"
                                + " constraint: Map value must satisfy"
                                + " constraint: [Member must have length less"
                                + " than or equal to "
                                + MAX_WRITES + ", Member must have length greater than or equal to 1]");
            }
            total += count;
        }
        if (total > MAX_WRITES) {
            throw ServiceException.validation("Too many items requested for the BatchWriteItem call");
        }
    }

    private List<Entry> entries(String name, List<Object> json) {
        Table table = store.table(name);
        List<Entry> entries = new ArrayList<>();
        json.forEach(each -> entries.add(entry(table, Request.of(each))));
        Set<Key> keys = new LinkedHashSet<>();
        for (Entry entry : entries) {
            if (!keys.add(entry.write().key())) {
                throw ServiceException.validation("Provided list of item keys contains duplicates");
            }
        }
        return entries;
    }

    private static Entry entry(Table table, Request json) {
        Request put = json.request("PutRequest");
        Request delete = json.request("DeleteRequest");
        if ((put == null) == (delete == null)) {
            throw ServiceException.validation(
                    put == null
                            ? "Supplied WriteRequest is empty, must contain exactly one of PutRequest or DeleteRequest"
                            : "Supplied WriteRequest has more than one request set, must contain exactly one of"
                                    + " PutRequest or DeleteRequest");
        }
        if (put != null) {
            Constraints.on(put).required("Item").check();
            return new Entry(new WriteParser(put).put().apply(table), json.members());
        }
        Constraints.on(delete).required("Key").check();
        return new Entry(new WriteParser(delete).delete().apply(table), json.members());
    }

    private boolean write(Write write, Call call) {
        if (call.meets(Fault.UNPROCESSED) && faults.chance(0.5)) {
            return false;
        }
        try {
            store.write(write, call.meter());
            return true;
        } catch (ServiceException e) {
            if (e.type().equals("TransactionConflictException")) {
                return false;
            }
            throw e;
        }
    }
}

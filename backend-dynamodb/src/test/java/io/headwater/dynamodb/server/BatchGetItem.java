package io.headwater.dynamodb.server;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * "BatchGetItem": up to 100 keys and 16 MB; what does not fit is returned as unprocessed. The order of the items is not defined;
 * here it is not that of the keys.
 */
final class BatchGetItem implements Operation {
    private static final int MAX_KEYS = 100;
    private static final int MAX_BYTES = 16 * 1024 * Sizes.KILOBYTE;

    /** The keys of one table. */
    private record Gets(
            Table table, Map<String, Object> json, List<Key> keys, Projection projection, boolean consistent) {}

    private final Store store;
    private final Reader reader;
    private final Faults faults;

    BatchGetItem(Store store, Reader reader, Faults faults) {
        this.store = store;
        this.reader = reader;
        this.faults = faults;
    }

    @Override
    public Set<String> members() {
        return Set.of("RequestItems", "ReturnConsumedCapacity");
    }

    @Override
    public Map<String, Object> run(Request request, Call call) {
        ItemMembers.constraints(request).check();
        Map<String, Object> tables = Batches.tables(request, "BatchGetItem");
        checkCounts(tables);
        List<Gets> gets = new ArrayList<>();
        tables.forEach((name, json) -> gets.add(gets(name, Request.of(json))));
        Map<String, Object> responses = new LinkedHashMap<>();
        Map<String, Object> unprocessed = new LinkedHashMap<>();
        long left = MAX_BYTES;
        for (Gets each : gets) {
            left = read(each, call, left, responses, unprocessed);
        }
        Map<String, Object> response = new LinkedHashMap<>();
        response.put("Responses", responses);
        response.put("UnprocessedKeys", unprocessed);
        call.meter().report(request, response, true);
        return response;
    }

    private static void checkCounts(Map<String, Object> tables) {
        int total = 0;
        for (Map.Entry<String, Object> table : tables.entrySet()) {
            Request json = Request.of(table.getValue());
            Constraints.on(json)
                    .required("Keys")
                    .length("Keys", 1, Integer.MAX_VALUE)
                    .check();
            int count = json.list("Keys").size();
            if (count > MAX_KEYS) {
                throw ServiceException.validation(
                        "1 validation error detected: Value at 'RequestItems." + table.getKey()
                                + ".member.Keys' failed to satisfy constraint: Member must have length less than or"
                                + " equal to "
                                + MAX_KEYS);
            }
            total += count;
        }
        if (total > MAX_KEYS) {
            throw ServiceException.validation("Too many items requested for the BatchGetItem call");
        }
    }

    private Gets gets(String name, Request json) {
        Refused.check(json, Set.of("Keys", "ConsistentRead", "ProjectionExpression", "ExpressionAttributeNames"));
        LegacyParameters.checkPlaceholders(json, "ProjectionExpression");
        Placeholders placeholders = Placeholders.of(json);
        Projection projection = Projection.parse(json.text("ProjectionExpression"), placeholders);
        placeholders.checkAllUsed();
        Table table = store.table(name);
        projection.check(table);
        List<Key> keys = json.list("Keys").stream()
                .map(key -> Keys.ofRequest(ValueReader.attributes(Request.asObject(key)), table.schema()))
                .toList();
        if (new LinkedHashSet<>(keys).size() < keys.size()) {
            throw ServiceException.validation("Provided list of item keys contains duplicates");
        }
        return new Gets(table, json.members(), keys, projection, json.flag("ConsistentRead"));
    }

    /** Returns how many bytes are left. */
    private long read(Gets gets, Call call, long left, Map<String, Object> responses, Map<String, Object> unprocessed) {
        List<Object> items = new ArrayList<>();
        List<Object> remaining = new ArrayList<>();
        for (Key key : gets.keys()) {
            if (left <= 0 || call.meets(Fault.UNPROCESSED) && faults.chance(0.5)) {
                remaining.add(
                        ValueWriter.attributes(Keys.attributes(key, gets.table().schema())));
                continue;
            }
            Item item = reader.read(gets.table(), key, gets.consistent(), call);
            if (item != null) {
                left -= item.size();
                items.add(0, ValueWriter.attributes(gets.projection().of(item.attributes())));
            }
        }
        responses.put(gets.table().name(), items);
        if (!remaining.isEmpty()) {
            Map<String, Object> again = new LinkedHashMap<>(gets.json());
            again.put("Keys", remaining);
            unprocessed.put(gets.table().name(), again);
        }
        return left;
    }
}

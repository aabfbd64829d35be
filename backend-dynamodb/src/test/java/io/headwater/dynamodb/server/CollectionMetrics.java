package io.headwater.dynamodb.server;

import java.util.List;
import java.util.Map;

/** "ItemCollectionMetrics", which only tables with local secondary indexes have. */
final class CollectionMetrics {
    private CollectionMetrics() {}

    static boolean asked(Request request, Table table) {
        return "SIZE".equals(request.text("ReturnItemCollectionMetrics"))
                && table.definition().hasLocalIndexes();
    }

    static Map<String, Object> of(Table table, Key key) {
        String name = table.schema().partition().name();
        return Map.of(
                "ItemCollectionKey",
                Map.of(name, ValueWriter.value(key.partition())),
                "SizeEstimateRangeGB",
                List.of(0.0, 1.0));
    }

    static void report(Request request, Write write, Map<String, Object> response) {
        if (asked(request, write.table())) {
            response.put("ItemCollectionMetrics", of(write.table(), write.key()));
        }
    }
}

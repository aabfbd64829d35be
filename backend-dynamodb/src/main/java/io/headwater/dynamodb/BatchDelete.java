package io.headwater.dynamodb;

import io.headwater.StoreUnavailable;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/** Deletes items without conditions, with further requests for those that a request left. */
final class BatchDelete {
    private static final int MAX_ITEMS = 25;

    private final Table table;

    BatchDelete(Table table) {
        this.table = table;
    }

    void delete(List<Key> keys) {
        for (int begin = 0; begin < keys.size(); begin += MAX_ITEMS) {
            List<Key> some = keys.subList(begin, Math.min(keys.size(), begin + MAX_ITEMS));
            deleteAll(some.stream().map(BatchDelete::deletion).toList());
        }
    }

    private static WriteRequest deletion(Key key) {
        return WriteRequest.builder()
                .deleteRequest(delete -> delete.key(key.attributes()))
                .build();
    }

    private void deleteAll(List<WriteRequest> deletions) {
        List<WriteRequest> left = deletions;
        Backoff backoff = table.backoff();
        while (true) {
            left = request(left);
            if (left.isEmpty()) {
                return;
            }
            if (backoff.isOver()) {
                throw new StoreUnavailable("table '" + table.name() + "' is throttled, and deletes no items", null);
            }
            backoff.pause(true);
        }
    }

    /** Returns what was not deleted. */
    private List<WriteRequest> request(List<WriteRequest> deletions) {
        BatchWriteItemRequest request = BatchWriteItemRequest.builder()
                .requestItems(Map.of(table.name(), deletions))
                .build();
        return table.reading("BatchWriteItem", () -> table.client().batchWriteItem(request))
                .unprocessedItems()
                .getOrDefault(table.name(), List.of());
    }
}

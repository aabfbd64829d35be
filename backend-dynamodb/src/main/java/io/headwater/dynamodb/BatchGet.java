package io.headwater.dynamodb;

import io.headwater.StoreUnavailable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;

/** A consistent read of many items, with further requests for those that did not fit into a reply. */
final class BatchGet {
    private static final int MAX_KEYS = 100;

    private final Table table;
    private final List<Key> keys;
    private final Map<Key, Item> items = new HashMap<>();

    BatchGet(Table table, List<Key> keys) {
        this.table = table;
        this.keys = keys;
    }

    Map<Key, Item> run() {
        for (int begin = 0; begin < keys.size(); begin += MAX_KEYS) {
            read(keys.subList(begin, Math.min(keys.size(), begin + MAX_KEYS)));
        }
        return items;
    }

    private void read(List<Key> some) {
        List<Map<String, AttributeValue>> left =
                some.stream().map(Key::attributes).toList();
        Backoff backoff = table.backoff();
        while (!left.isEmpty()) {
            int before = items.size();
            left = request(left);
            if (!left.isEmpty() && items.size() == before) {
                pause(backoff);
            }
        }
    }

    /** Returns what was not read. */
    private List<Map<String, AttributeValue>> request(List<Map<String, AttributeValue>> wanted) {
        KeysAndAttributes asked =
                KeysAndAttributes.builder().keys(wanted).consistentRead(true).build();
        BatchGetItemRequest request = BatchGetItemRequest.builder()
                .requestItems(Map.of(table.name(), asked))
                .build();
        BatchGetItemResponse response =
                table.reading("BatchGetItem", () -> table.client().batchGetItem(request));
        response.responses().getOrDefault(table.name(), List.of()).stream()
                .map(Item::of)
                .forEach(item -> items.put(item.key(), item));
        KeysAndAttributes unread = response.unprocessedKeys().get(table.name());
        return unread == null ? List.of() : unread.keys();
    }

    private void pause(Backoff backoff) {
        if (backoff.isOver()) {
            throw new StoreUnavailable(
                    "table '" + table.name() + "' is throttled, and returned no items; try again later", null);
        }
        backoff.pause(true);
    }
}

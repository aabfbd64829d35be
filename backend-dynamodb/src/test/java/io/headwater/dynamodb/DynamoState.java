package io.headwater.dynamodb;

import io.headwater.StoreUrl;
import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Puts the items of a store back to what they were, under open stores. */
final class DynamoState {
    private static final int MAX_TRIES = 20;

    private DynamoState() {}

    /** Keeps the state of the store of this URL; what is returned puts it back. */
    static Runnable keep(String url) {
        Map<Key, Map<String, AttributeValue>> kept = items(url);
        return () -> {
            // Again, as a request that was sent before may be carried out meanwhile.
            int tries = 1;
            while (putBack(url, kept) && tries < MAX_TRIES) {
                tries++;
            }
        };
    }

    private static Map<Key, Map<String, AttributeValue>> items(String url) {
        StoreAddress address = StoreAddress.of(StoreUrl.parse(url));
        Map<Key, Map<String, AttributeValue>> items = new HashMap<>();
        try (DynamoDbClient client = DynamoClients.client(DynamoFixture.context(url))) {
            client.scanPaginator(scan -> scan.tableName(address.table())
                            .consistentRead(true)
                            .filterExpression("begins_with(#pk, :store)")
                            .expressionAttributeNames(Map.of("#pk", Key.PK))
                            .expressionAttributeValues(Map.of(
                                    ":store",
                                    AttributeValue.fromS(address.keys().prefix()))))
                    .items()
                    .forEach(item -> items.put(Item.of(item).key(), item));
        }
        return items;
    }

    /** Returns whether there was anything to restore. */
    private static boolean putBack(String url, Map<Key, Map<String, AttributeValue>> kept) {
        StoreAddress address = StoreAddress.of(StoreUrl.parse(url));
        Map<Key, Map<String, AttributeValue>> now = items(url);
        try (DynamoDbClient client = DynamoClients.client(DynamoFixture.context(url))) {
            now.keySet().stream()
                    .filter(key -> !kept.containsKey(key))
                    .forEach(key -> client.deleteItem(
                            delete -> delete.tableName(address.table()).key(key.attributes())));
            kept.forEach((key, item) -> {
                if (!item.equals(now.get(key))) {
                    client.putItem(put -> put.tableName(address.table()).item(item));
                }
            });
        }
        return !now.equals(kept);
    }
}

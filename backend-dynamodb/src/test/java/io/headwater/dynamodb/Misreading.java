package io.headwater.dynamodb;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbRequest;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbResponse;
import software.amazon.awssdk.services.dynamodb.model.Get;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.ItemResponse;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactGetItem;
import software.amazon.awssdk.services.dynamodb.model.TransactGetItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactGetItemsResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.Update;

/**
 * What a store may take one item of a transaction for while the others are not seen yet. Each makes a store do what it would do
 * without one of its precautions, by what it tells the store of the table.
 */
enum Misreading {
    /** The own slot is seen after a lost reply: so the transaction is applied. Its items are not read as of one moment. */
    SLOT_FOR_THE_TRANSACTION {
        @Override
        Interposed.Between between() {
            return (request, service) -> request instanceof TransactGetItemsRequest get && readsSlot(get)
                    ? oneByOne(get, service)
                    : service.call(request);
        }
    },
    /** HEAD is below the expected version: so the expectation is not met. */
    LOW_HEAD_FOR_A_CONFLICT {
        @Override
        Interposed.Between between() {
            return (request, service) -> {
                if (request instanceof TransactWriteItemsRequest write) {
                    refuseWhereHeadIsLow(write, service);
                }
                return request instanceof TransactGetItemsRequest get && !readsSlot(get)
                        ? oneByOne(get, service)
                        : service.call(request);
            };
        }
    },
    /** HEAD tells of an event that is not seen: so it was removed, and its id is not that of a repeat. */
    UNSEEN_FOR_REMOVED {
        @Override
        Interposed.Between between() {
            Set<String> unseen = ConcurrentHashMap.newKeySet();
            return (request, service) -> {
                DynamoDbResponse response = service.call(request);
                if (response instanceof QueryResponse page
                        && page.items().isEmpty()
                        && page.lastEvaluatedKey().isEmpty()) {
                    unseen.add(((QueryRequest) request)
                            .expressionAttributeValues()
                            .get(":pk")
                            .s());
                }
                return response instanceof GetItemResponse found
                                && isHead(found.item())
                                && unseen.remove(found.item().get(Key.PK).s())
                        ? found.toBuilder()
                                .item(scavengedUpTo(StreamHead.VERSION, found.item()))
                                .build()
                        : response;
            };
        }
    },
    /** HEAD tells that an event is truncated: so it was removed, and readers of the log need not wait for it. */
    TRUNCATED_FOR_REMOVED {
        @Override
        Interposed.Between between() {
            return (request, service) -> {
                DynamoDbResponse response = service.call(request);
                if (response instanceof GetItemResponse found && isHead(found.item())) {
                    return found.toBuilder()
                            .item(scavengedUpTo(StreamHead.FIRST, found.item()))
                            .build();
                }
                return response instanceof BatchGetItemResponse found ? headsTruncated(found) : response;
            };
        }

        private BatchGetItemResponse headsTruncated(BatchGetItemResponse found) {
            Map<String, List<Map<String, AttributeValue>>> tables = new HashMap<>();
            found.responses()
                    .forEach((table, items) -> tables.put(
                            table,
                            items.stream()
                                    .map(item -> isHead(item) ? scavengedUpTo(StreamHead.FIRST, item) : item)
                                    .toList()));
            return found.toBuilder().responses(tables).build();
        }
    };

    private static final String READ_VERSION = ":was";

    /** Makes the store that it lies before take the one for the other. */
    abstract Interposed.Between between();

    private static boolean readsSlot(TransactGetItemsRequest request) {
        return request.transactItems().stream()
                .anyMatch(action -> action.get().key().get(Key.PK).s().contains("/l/"));
    }

    private static TransactGetItemsResponse oneByOne(TransactGetItemsRequest request, Interposed.Service service) {
        List<ItemResponse> items = new ArrayList<>();
        for (TransactGetItem action : request.transactItems()) {
            Get get = action.get();
            items.add(ItemResponse.builder()
                    .item(item(get.tableName(), get.key(), service))
                    .build());
        }
        return TransactGetItemsResponse.builder().responses(items).build();
    }

    private static Map<String, AttributeValue> item(
            String table, Map<String, AttributeValue> key, Interposed.Service service) {
        DynamoDbRequest get = GetItemRequest.builder()
                .tableName(table)
                .key(key)
                .consistentRead(true)
                .build();
        return service.call(get, GetItemResponse.class).item();
    }

    /** As if the conditions of the transaction had been looked at in what other calls see. */
    private static void refuseWhereHeadIsLow(TransactWriteItemsRequest write, Interposed.Service service) {
        List<CancellationReason> reasons = new ArrayList<>();
        for (TransactWriteItem action : write.transactItems()) {
            reasons.add(reason(action.update(), service));
        }
        if (reasons.stream().anyMatch(reason -> !reason.code().equals("None"))) {
            throw TransactionCanceledException.builder()
                    .cancellationReasons(reasons)
                    .build();
        }
    }

    private static CancellationReason reason(Update update, Interposed.Service service) {
        if (update != null && update.expressionAttributeValues().containsKey(READ_VERSION)) {
            Map<String, AttributeValue> head = item(update.tableName(), update.key(), service);
            long expected = Long.parseLong(
                    update.expressionAttributeValues().get(READ_VERSION).n());
            if (isHead(head) && Item.of(head).number(StreamHead.VERSION) < expected) {
                return CancellationReason.builder()
                        .code("ConditionalCheckFailed")
                        .item(head)
                        .build();
            }
        }
        return CancellationReason.builder().code("None").build();
    }

    private static boolean isHead(Map<String, AttributeValue> item) {
        return item.containsKey(Key.SK) && item.get(Key.SK).s().equals(Keys.HEAD);
    }

    private static Map<String, AttributeValue> scavengedUpTo(String attribute, Map<String, AttributeValue> head) {
        long first = Item.of(head).number(attribute) + (attribute.equals(StreamHead.VERSION) ? 1 : 0);
        Map<String, AttributeValue> changed = new HashMap<>(head);
        changed.put(StreamHead.SCAVENGED, Item.number(first));
        return changed;
    }
}

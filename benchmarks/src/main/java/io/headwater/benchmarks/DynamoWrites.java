package io.headwater.benchmarks;

import io.headwater.benchmarks.AppendVariant.Appends;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/** Writers that only put each event as an item, without an order of the log. */
final class DynamoWrites implements Appends {
    private final DynamoDbClient client;
    private final Kind kind;
    private final AtomicLong stored = new AtomicLong();

    /** How an event is written. */
    enum Kind {
        /** One item by itself, without a condition. */
        PUT {
            @Override
            void write(DynamoDbClient client, Map<String, AttributeValue> event, long version) {
                client.putItem(put -> put.tableName(DynamoStorage.TABLE).item(event));
            }
        },
        /** The event and the version of its stream in one transaction, without a condition. */
        TRANSACTION {
            @Override
            void write(DynamoDbClient client, Map<String, AttributeValue> event, long version) {
                Map<String, AttributeValue> head = new HashMap<>(event);
                head.keySet().retainAll(List.of("pk"));
                head.put("sk", AttributeValue.fromS("head"));
                head.put("version", AttributeValue.fromN(Long.toString(version)));
                client.transactWriteItems(transaction -> transaction.transactItems(put(head), put(event)));
            }
        };

        abstract void write(DynamoDbClient client, Map<String, AttributeValue> event, long version);

        private static TransactWriteItem put(Map<String, AttributeValue> item) {
            return TransactWriteItem.builder()
                    .put(Put.builder().tableName(DynamoStorage.TABLE).item(item).build())
                    .build();
        }
    }

    DynamoWrites(DynamoDbClient client, Kind kind) {
        this.client = client;
        this.kind = kind;
    }

    @Override
    public Appender writer(int number) {
        AtomicLong version = new AtomicLong();
        return events -> {
            for (SampleEvent event : events) {
                long next = version.incrementAndGet();
                kind.write(client, item("writer-" + number, next, event), next);
                stored.incrementAndGet();
            }
        };
    }

    private static Map<String, AttributeValue> item(String stream, long version, SampleEvent event) {
        return Map.of(
                "pk", AttributeValue.fromS(stream),
                "sk", AttributeValue.fromS("%016x".formatted(version)),
                "id", AttributeValue.fromS(event.id().toString()),
                "type", AttributeValue.fromS(event.type()),
                "data", AttributeValue.fromB(SdkBytes.fromByteArray(event.data())),
                "metadata", AttributeValue.fromB(SdkBytes.fromByteArray(event.encodedMetadata())));
    }

    /** Each write that returned was made. */
    @Override
    public long stored() {
        return stored.get();
    }

    @Override
    public void close() {
        client.close();
    }
}

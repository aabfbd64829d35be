package io.headwater.dynamodb;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;

/** Reads all items of a store, in no order. The service reads the whole table for it. */
final class StoreScan {
    private final Table table;
    private final Keys keys;
    private final String attributes;

    /** A scan for these attributes, such as {@code #pk, #sk}. */
    StoreScan(Table table, Keys keys, String attributes) {
        this.table = table;
        this.keys = keys;
        this.attributes = attributes;
    }

    /** Calls the consumer with one page after the other. Blocks. */
    void forEachPage(Consumer<List<Item>> consumer) {
        @Nullable Map<String, AttributeValue> after = null;
        do {
            ScanResponse page = page(after);
            consumer.accept(page.items().stream().map(Item::of).toList());
            after = page.hasLastEvaluatedKey() ? page.lastEvaluatedKey() : null;
        } while (after != null);
    }

    private ScanResponse page(@Nullable Map<String, AttributeValue> after) {
        ScanRequest request = ScanRequest.builder()
                .tableName(table.name())
                .consistentRead(true)
                .filterExpression("begins_with(#pk, :store)")
                .projectionExpression(attributes)
                .expressionAttributeNames(Write.names("#pk " + attributes))
                .expressionAttributeValues(Map.of(":store", AttributeValue.fromS(keys.prefix())))
                .exclusiveStartKey(after)
                .build();
        return table.reading("Scan", () -> table.client().scan(request));
    }
}

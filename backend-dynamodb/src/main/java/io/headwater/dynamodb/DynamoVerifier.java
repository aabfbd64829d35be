package io.headwater.dynamodb;

import io.headwater.StoreVerifier;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;

/** Compares counter, slots, HEADs, events and catalog with each other, from one scan of the table. Keeps a note of each append. */
final class DynamoVerifier implements StoreVerifier {
    private static final String ATTRIBUTES =
            "#pk, #sk, #counter, #version, #first, #ticket, #state, #scavenged, #position,"
                    + " #what, #appends, #retries";

    private final Table table;
    private final Keys keys;

    DynamoVerifier(Table table, Keys keys) {
        this.table = table;
        this.keys = keys;
    }

    @Override
    public Summary verify(Consumer<Problem> problems) {
        StoredParts parts = new StoredParts(keys, problems);
        @Nullable Map<String, AttributeValue> after = null;
        do {
            ScanResponse page = page(after);
            page.items().forEach(item -> parts.add(Item.of(item)));
            after = page.hasLastEvaluatedKey() ? page.lastEvaluatedKey() : null;
        } while (after != null);
        return parts.compare();
    }

    private ScanResponse page(@Nullable Map<String, AttributeValue> after) {
        ScanRequest request = ScanRequest.builder()
                .tableName(table.name())
                .consistentRead(true)
                .filterExpression("begins_with(#pk, :store)")
                .projectionExpression(ATTRIBUTES)
                .expressionAttributeNames(Write.names(ATTRIBUTES))
                .expressionAttributeValues(Map.of(":store", AttributeValue.fromS(keys.prefix())))
                .exclusiveStartKey(after)
                .build();
        return table.reading("Scan", () -> table.client().scan(request));
    }
}

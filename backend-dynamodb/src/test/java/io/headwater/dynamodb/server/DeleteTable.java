package io.headwater.dynamodb.server;

import java.util.Map;
import java.util.Set;

/** "DeleteTable". The table is gone at once. Its keys and indexes are not described. */
final class DeleteTable implements Operation {
    private static final Set<String> NOT_DESCRIBED = Set.of(
            "AttributeDefinitions", "KeySchema", "CreationDateTime", "LocalSecondaryIndexes", "GlobalSecondaryIndexes");

    private final Store store;

    DeleteTable(Store store) {
        this.store = store;
    }

    @Override
    public Set<String> members() {
        return Set.of("TableName");
    }

    @Override
    public Map<String, Object> run(Request request, Call call) {
        Table table = store.drop(Constraints.nameOfTable(request));
        Map<String, Object> description = store.describe(table, "DELETING");
        description.keySet().removeAll(NOT_DESCRIBED);
        return Map.of("TableDescription", description);
    }
}

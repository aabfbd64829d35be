package io.headwater.dynamodb.server;

import java.util.Map;
import java.util.Set;

/** "DeleteTable". The table is gone at once. */
final class DeleteTable implements Operation {
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
        return Map.of("TableDescription", store.describe(table, "DELETING"));
    }
}

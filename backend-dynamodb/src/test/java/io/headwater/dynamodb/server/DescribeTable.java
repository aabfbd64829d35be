package io.headwater.dynamodb.server;

import java.util.Map;
import java.util.Set;

/** "DescribeTable". Unlike the service's, the number of items and their size are current. */
final class DescribeTable implements Operation {
    private final Store store;

    DescribeTable(Store store) {
        this.store = store;
    }

    @Override
    public Set<String> members() {
        return Set.of("TableName");
    }

    @Override
    public Map<String, Object> run(Request request, Call call) {
        Table table = store.tableNamed(Constraints.nameOfTable(request));
        return Map.of("Table", store.describe(table, table.definition().isActive() ? "ACTIVE" : "CREATING"));
    }
}

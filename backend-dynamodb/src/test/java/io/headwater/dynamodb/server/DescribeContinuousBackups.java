package io.headwater.dynamodb.server;

import java.util.Map;
import java.util.Set;

/** "DescribeContinuousBackups". */
final class DescribeContinuousBackups implements Operation {
    private final Store store;

    DescribeContinuousBackups(Store store) {
        this.store = store;
    }

    @Override
    public Set<String> members() {
        return Set.of("TableName");
    }

    @Override
    public Map<String, Object> run(Request request, Call call) {
        return UpdateContinuousBackups.table(store, request).backups();
    }
}

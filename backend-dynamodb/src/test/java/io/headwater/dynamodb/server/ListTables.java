package io.headwater.dynamodb.server;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** "ListTables", by name. */
final class ListTables implements Operation {
    private static final int MAX = 100;

    private final Store store;

    ListTables(Store store) {
        this.store = store;
    }

    @Override
    public Set<String> members() {
        return Set.of("ExclusiveStartTableName", "Limit");
    }

    @Override
    public Map<String, Object> run(Request request, Call call) {
        Constraints.on(request).atLeast("Limit", 1).atMost("Limit", MAX).check();
        String after = request.text("ExclusiveStartTableName");
        int limit = request.has("Limit") ? request.integer("Limit") : MAX;
        List<String> rest = store.names().stream()
                .filter(name -> after == null || name.compareTo(after) > 0)
                .toList();
        Map<String, Object> response = new LinkedHashMap<>();
        response.put("TableNames", rest.subList(0, Math.min(limit, rest.size())));
        if (rest.size() > limit) {
            response.put("LastEvaluatedTableName", rest.get(limit - 1));
        }
        return response;
    }
}

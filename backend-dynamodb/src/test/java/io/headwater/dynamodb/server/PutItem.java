package io.headwater.dynamodb.server;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** "PutItem". */
final class PutItem implements Operation {
    private final Store store;

    PutItem(Store store) {
        this.store = store;
    }

    @Override
    public Set<String> members() {
        return ItemMembers.ofWrite("Item");
    }

    @Override
    public Map<String, Object> run(Request request, Call call) {
        String name = Constraints.tableName(request);
        ItemMembers.constraints(request).required("Item").check();
        ReturnedValues.checkOldOrNone(request);
        LegacyParameters.checkPlaceholders(request, "ConditionExpression");
        WriteParser.item(request);
        Write write = new WriteParser(request).put().apply(store.table(name));
        Write.Result result = store.write(write, call.meter());
        Map<String, Object> response = new LinkedHashMap<>();
        ReturnedValues.putOld(request, result, response);
        call.meter().report(request, response, false);
        CollectionMetrics.report(request, write, response);
        return response;
    }
}

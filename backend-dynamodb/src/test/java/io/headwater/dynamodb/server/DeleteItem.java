package io.headwater.dynamodb.server;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** "DeleteItem". */
final class DeleteItem implements Operation {
    private final Store store;

    DeleteItem(Store store) {
        this.store = store;
    }

    @Override
    public Set<String> members() {
        return ItemMembers.ofWrite("Key");
    }

    @Override
    public Map<String, Object> run(Request request, Call call) {
        String name = Constraints.tableName(request);
        ItemMembers.constraints(request).required("Key").check();
        ReturnedValues.checkOldOrNone(request);
        LegacyParameters.checkPlaceholders(request, "ConditionExpression");
        ValueReader.attributes(request.object("Key"));
        Write write = new WriteParser(request).delete().apply(store.table(name));
        Write.Result result = store.write(write, call.meter());
        Map<String, Object> response = new LinkedHashMap<>();
        ReturnedValues.putOld(request, result, response);
        call.meter().report(request, response, false);
        CollectionMetrics.report(request, write, response);
        return response;
    }
}

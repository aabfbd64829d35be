package io.headwater.dynamodb.server;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** "UpdateItem". */
final class UpdateItem implements Operation {
    private final Store store;

    UpdateItem(Store store) {
        this.store = store;
    }

    @Override
    public Set<String> members() {
        return ItemMembers.ofWrite("Key", "UpdateExpression");
    }

    @Override
    public Map<String, Object> run(Request request, Call call) {
        String name = Constraints.tableName(request);
        ItemMembers.constraints(request).required("Key").check();
        LegacyParameters.checkPlaceholders(request, "UpdateExpression", "ConditionExpression");
        ValueReader.attributes(request.object("Key"));
        WriteParser parser = new WriteParser(request);
        Update update = parser.update();
        Write write = parser.update(update).apply(store.table(name));
        Write.Result result = store.write(write, call.meter());
        Map<String, Object> response = new LinkedHashMap<>();
        ReturnedValues.put(request, result, update, response);
        call.meter().report(request, response, false);
        CollectionMetrics.report(request, write, response);
        return response;
    }
}

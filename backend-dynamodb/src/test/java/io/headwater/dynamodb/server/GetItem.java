package io.headwater.dynamodb.server;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** "GetItem". */
final class GetItem implements Operation {
    private final Store store;
    private final Reader reader;

    GetItem(Store store, Reader reader) {
        this.store = store;
        this.reader = reader;
    }

    @Override
    public Set<String> members() {
        return Set.of(
                "TableName",
                "Key",
                "ConsistentRead",
                "ProjectionExpression",
                "ExpressionAttributeNames",
                "ReturnConsumedCapacity");
    }

    @Override
    public Map<String, Object> run(Request request, Call call) {
        String name = Constraints.tableName(request);
        ItemMembers.constraints(request).required("Key").check();
        LegacyParameters.checkPlaceholders(request, "ProjectionExpression");
        Map<String, Value> attributes = ValueReader.attributes(request.object("Key"));
        Placeholders placeholders = Placeholders.of(request);
        Projection projection = Projection.parse(request.text("ProjectionExpression"), placeholders);
        placeholders.checkAllUsed();
        Table table = store.table(name);
        projection.check(table);
        Key key = Keys.ofRequest(attributes, table.schema());
        Item item = reader.read(table, key, request.flag("ConsistentRead"), call);
        Map<String, Object> response = new LinkedHashMap<>();
        if (item != null) {
            response.put("Item", ValueWriter.attributes(projection.of(item.attributes())));
        }
        call.meter().report(request, response, false);
        return response;
    }
}

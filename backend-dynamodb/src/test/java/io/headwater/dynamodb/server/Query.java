package io.headwater.dynamodb.server;

import java.util.Map;
import java.util.Set;

/** "Query". */
final class Query implements Operation {
    private final Store store;
    private final Reader reader;

    Query(Store store, Reader reader) {
        this.store = store;
        this.reader = reader;
    }

    @Override
    public Set<String> members() {
        return ItemMembers.ofRead("KeyConditionExpression", "ScanIndexForward");
    }

    @Override
    public Map<String, Object> run(Request request, Call call) {
        String name = Constraints.tableName(request);
        checkMembers(request);
        Map<String, Value> start = Pages.startAttributes(request);
        Placeholders placeholders = Placeholders.of(request);
        Condition condition =
                ConditionParser.parse("KeyConditionExpression", request.text("KeyConditionExpression"), placeholders);
        Pages pages = new Pages(request, call, placeholders);
        Map<String, Condition> conditions = KeyCondition.byAttribute(condition);
        placeholders.checkAllUsed();
        Table table = store.table(name);
        KeyCondition keys = KeyCondition.of(conditions, table.schema());
        if (pages.filter() != null) {
            KeyCondition.checkFilter(pages.filter(), table.schema());
        }
        pages.check(table);
        Key after = Pages.startKey(start, table);
        if (after != null && !keys.covers(after, table.schema())) {
            throw ServiceException.validation(
                    "The provided starting key is outside query boundaries based on provided conditions");
        }
        boolean forward = !request.has("ScanIndexForward") || request.flag("ScanIndexForward");
        PageRequest page = new PageRequest(
                table,
                keys.lower(),
                keys.upper(),
                after == null ? null : Place.of(after),
                forward,
                keys::holds,
                reader.limit(request.integer("Limit"), call),
                reader.asOf(request.flag("ConsistentRead"), call));
        return pages.response(table, reader.page(page));
    }

    private static void checkMembers(Request request) {
        ItemMembers.constraints(request)
                .oneOf("Select", "SPECIFIC_ATTRIBUTES", "COUNT", "ALL_ATTRIBUTES", "ALL_PROJECTED_ATTRIBUTES")
                .check();
        if (request.has("Limit") && request.integer("Limit") < 1) {
            throw ServiceException.validation(
                    "1 validation error detected: Value at 'Limit' failed to satisfy constraint: Member"
                            + " must have value greater than or equal to 1");
        }
        LegacyParameters.checkPlaceholders(
                request, "KeyConditionExpression", "FilterExpression", "ProjectionExpression");
        if (!request.has("KeyConditionExpression")) {
            throw ServiceException.validation(
                    "Either the KeyConditions or KeyConditionExpression parameter must be specified in the request.");
        }
        Pages.checkSelect(request);
    }
}

package io.headwater.dynamodb.server;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What Query and Scan have in common: filter, selection and projection, consumed capacity, and the key to go on from. */
final class Pages {
    private final Request request;
    private final Call call;
    private final Placeholders placeholders;
    private final Projection projection;
    private final Condition filter;

    Pages(Request request, Call call, Placeholders placeholders) {
        this.request = request;
        this.call = call;
        this.placeholders = placeholders;
        String expression = request.text("FilterExpression");
        this.filter = expression == null ? null : ConditionParser.parse("FilterExpression", expression, placeholders);
        this.projection = Projection.parse(request.text("ProjectionExpression"), placeholders);
    }

    Condition filter() {
        return filter;
    }

    /** What is wrong with the paths for this table. */
    void check(Table table) {
        projection.check(table);
        if (filter != null) {
            IndexKeys.checkPaths(Paths.of(filter).stream(), table.definition());
        }
    }

    static void checkSelect(Request request) {
        String select = request.text("Select");
        boolean projected = request.has("ProjectionExpression");
        if ("ALL_PROJECTED_ATTRIBUTES".equals(select)) {
            throw ServiceException.invalidParameter(
                    "ALL_PROJECTED_ATTRIBUTES can be used only when Querying using an IndexName");
        }
        if ("SPECIFIC_ATTRIBUTES".equals(select) && !projected) {
            throw ServiceException.invalidParameter(
                    "Must specify the AttributesToGet or ProjectionExpression when choosing to get"
                            + " SPECIFIC_ATTRIBUTES");
        }
        if (projected && select != null && !select.equals("SPECIFIC_ATTRIBUTES")) {
            throw ServiceException.validation("Cannot specify the ProjectionExpression when choosing to get " + select);
        }
    }

    /** Of the key that the request begins behind, or null if it begins at the start. */
    static Map<String, Value> startAttributes(Request request) {
        if (!request.has("ExclusiveStartKey")) {
            return null;
        }
        try {
            return ValueReader.attributes(request.object("ExclusiveStartKey"));
        } catch (ServiceException e) {
            throw invalidStart(e);
        }
    }

    static Key startKey(Map<String, Value> attributes, Table table) {
        try {
            return attributes == null ? null : Keys.ofRequest(attributes, table.schema());
        } catch (ServiceException e) {
            throw invalidStart(e);
        }
    }

    private static ServiceException invalidStart(ServiceException problem) {
        return problem.type().equals("ValidationException")
                ? ServiceException.validation("The provided starting key is invalid: " + problem.getMessage())
                : problem;
    }

    Map<String, Object> response(Table table, Page page) {
        List<Item> items = page.items().stream()
                .filter(item -> filter == null || filter.holds(item.attributes()))
                .toList();
        Map<String, Object> response = new LinkedHashMap<>();
        if (!"COUNT".equals(request.text("Select"))) {
            response.put(
                    "Items",
                    items.stream()
                            .map(item -> ValueWriter.attributes(projection.of(item.attributes())))
                            .toList());
        }
        response.put("Count", items.size());
        response.put("ScannedCount", page.items().size());
        if (page.last() != null) {
            Map<String, Value> key = Keys.attributes(table.keyOf(page.last()), table.schema());
            response.put("LastEvaluatedKey", ValueWriter.attributes(key));
        }
        call.meter().read(table, Units.read(page.bytes(), request.flag("ConsistentRead")));
        call.meter().report(request, response, false);
        return response;
    }
}

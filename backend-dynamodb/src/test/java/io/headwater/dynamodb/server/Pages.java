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
        this.projection = Projection.parse(request.text("ProjectionExpression"), placeholders);
        String expression = request.text("FilterExpression");
        this.filter = expression == null ? null : ConditionParser.parse("FilterExpression", expression, placeholders);
    }

    Condition filter() {
        return filter;
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

    /** Null if the request begins at the start. */
    Key startKey(Table table) {
        if (!request.has("ExclusiveStartKey")) {
            return null;
        }
        try {
            return Keys.ofRequest(ValueReader.attributes(request.object("ExclusiveStartKey")), table.schema());
        } catch (ServiceException e) {
            throw ServiceException.validation("The provided starting key is invalid: " + e.getMessage());
        }
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

package io.headwater.dynamodb.server;

import java.util.Map;

/** The parameter {@code ReturnValues} of "PutItem", "UpdateItem" and "DeleteItem". */
final class ReturnedValues {
    private static final String MEMBER = "ReturnValues";

    private ReturnedValues() {}

    static void checkOldOrNone(Request request) {
        String asked = request.text(MEMBER);
        if (asked != null && !asked.equals("ALL_OLD") && !asked.equals("NONE")) {
            throw ServiceException.validation("ReturnValues can only be ALL_OLD or NONE");
        }
    }

    static void putOld(Request request, Write.Result result, Map<String, Object> response) {
        if ("ALL_OLD".equals(request.text(MEMBER)) && result.before() != null) {
            response.put("Attributes", ValueWriter.item(result.before()));
        }
    }

    static void put(Request request, Write.Result result, Update update, Map<String, Object> response) {
        String asked = request.has(MEMBER) ? request.text(MEMBER) : "NONE";
        Item item = asked.endsWith("OLD") ? result.before() : result.after();
        if (asked.equals("NONE") || item == null) {
            return;
        }
        Map<String, Value> attributes =
                asked.startsWith("ALL") ? item.attributes() : new Projection(update.paths()).of(item.attributes());
        if (!attributes.isEmpty()) {
            response.put("Attributes", ValueWriter.attributes(attributes));
        }
    }
}

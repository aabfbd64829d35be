package io.headwater.dynamodb.server;

import java.util.List;

/** "Legacy DynamoDB conditional parameters": they cannot stand beside expressions. */
final class LegacyParameters {
    private static final List<String> LEGACY = List.of(
            "AttributesToGet",
            "QueryFilter",
            "ScanFilter",
            "AttributeUpdates",
            "Expected",
            "ConditionalOperator",
            "KeyConditions");
    private static final List<String> EXPRESSIONS = List.of(
            "ProjectionExpression",
            "UpdateExpression",
            "ConditionExpression",
            "FilterExpression",
            "KeyConditionExpression");

    private LegacyParameters() {}

    static void checkNotMixed(Request request) {
        List<String> legacy = LEGACY.stream().filter(request::has).toList();
        List<String> expressions = EXPRESSIONS.stream().filter(request::has).toList();
        if (!legacy.isEmpty() && !expressions.isEmpty()) {
            throw ServiceException.validation(
                    "Can not use both expression and non-expression parameters in the same request:"
                            + " Non-expression parameters: {" + String.join(", ", legacy) + "} Expression parameters: {"
                            + String.join(", ", expressions) + "}");
        }
    }

    /** Names and values are of use to expressions only. */
    static void checkPlaceholders(Request request, String... expressions) {
        if (List.of(expressions).stream().anyMatch(request::has)) {
            return;
        }
        if (request.has("ExpressionAttributeNames")) {
            throw ServiceException.validation("ExpressionAttributeNames can only be specified when using expressions");
        }
        if (request.has("ExpressionAttributeValues")) {
            List<String> missing = List.of(expressions).stream()
                    .filter(name -> !name.startsWith("Projection"))
                    .toList();
            throw ServiceException.validation("ExpressionAttributeValues can only be specified when using expressions: "
                    + String.join(" and ", missing) + (missing.size() == 1 ? " is null" : " are null"));
        }
    }
}

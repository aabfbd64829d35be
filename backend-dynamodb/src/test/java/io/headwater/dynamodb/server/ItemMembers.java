package io.headwater.dynamodb.server;

import java.util.Set;
import java.util.TreeSet;

/** Members that several operations have. */
final class ItemMembers {
    private static final Set<String> WRITE = Set.of(
            "TableName",
            "ConditionExpression",
            "ExpressionAttributeNames",
            "ExpressionAttributeValues",
            "ReturnConsumedCapacity",
            "ReturnItemCollectionMetrics",
            "ReturnValues",
            "ReturnValuesOnConditionCheckFailure");

    private static final Set<String> READ = Set.of(
            "TableName",
            "ConsistentRead",
            "ExpressionAttributeNames",
            "ExpressionAttributeValues",
            "ProjectionExpression",
            "FilterExpression",
            "ExclusiveStartKey",
            "Limit",
            "Select",
            "ReturnConsumedCapacity");

    private ItemMembers() {}

    static Set<String> ofWrite(String... others) {
        return with(WRITE, others);
    }

    static Set<String> ofRead(String... others) {
        return with(READ, others);
    }

    private static Set<String> with(Set<String> common, String... others) {
        Set<String> members = new TreeSet<>(common);
        members.addAll(Set.of(others));
        return members;
    }

    /** Reports what is wrong with all of these together. */
    static Constraints constraints(Request request) {
        return Constraints.on(request)
                .oneOf("ReturnConsumedCapacity", "INDEXES", "TOTAL", "NONE")
                .oneOf("ReturnItemCollectionMetrics", "SIZE", "NONE")
                .oneOf("ReturnValues", "ALL_NEW", "UPDATED_OLD", "ALL_OLD", "NONE", "UPDATED_NEW")
                .oneOf("ReturnValuesOnConditionCheckFailure", "ALL_OLD", "NONE");
    }
}

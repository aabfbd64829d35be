package io.headwater.dynamodb.server;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** What is checked of transactions of both kinds: "TransactWriteItems", "TransactGetItems". */
final class TransactionMembers {
    private static final int MAX_ACTIONS = 100;
    private static final int MAX_TOKEN = 36;
    private static final long MAX_BYTES = 4L * 1024 * Sizes.KILOBYTE;

    private TransactionMembers() {}

    static void check(Request request) {
        Constraints constraints =
                ItemMembers.constraints(request).required("TransactItems").length("TransactItems", 1, MAX_ACTIONS);
        String token = request.text("ClientRequestToken");
        if (token != null && token.isEmpty()) {
            constraints.violate("clientRequestToken", token, "Member must have length greater than or equal to 1");
        } else if (token != null && token.length() > MAX_TOKEN) {
            constraints.violate(
                    "clientRequestToken", token, "Member must have length less than or equal to " + MAX_TOKEN);
        }
        constraints.check();
    }

    static Set<String> ofAction(String... members) {
        Set<String> all = new TreeSet<>(Set.of(
                "TableName",
                "ConditionExpression",
                "ExpressionAttributeNames",
                "ExpressionAttributeValues",
                "ReturnValuesOnConditionCheckFailure"));
        all.addAll(List.of(members));
        return all;
    }

    /**
     * What is wrong with the key or the item of an action is a reason to cancel the transaction. Actions behind the first that has
     * something wrong are not looked at.
     */
    static <T> List<T> resolve(List<Supplier<T>> actions) {
        List<T> resolved = new ArrayList<>();
        for (Supplier<T> action : actions) {
            try {
                resolved.add(action.get());
            } catch (ServiceException e) {
                if (!e.type().equals("ValidationException")) {
                    throw e;
                }
                List<CancellationReason> reasons =
                        new ArrayList<>(Collections.nCopies(actions.size(), CancellationReason.NONE));
                reasons.set(resolved.size(), CancellationReason.invalid(e.getMessage()));
                throw ServiceException.canceled(reasons);
            }
        }
        return resolved;
    }

    static void checkDistinct(Stream<Map.Entry<String, Key>> items) {
        Set<Map.Entry<String, Key>> seen = new HashSet<>();
        if (!items.allMatch(seen::add)) {
            throw ServiceException.validation("Transaction request cannot include multiple operations on one item");
        }
    }

    /** Of the items as they are after the transaction, or as they are read. */
    static void checkSize(List<Item> items) {
        long bytes =
                items.stream().mapToLong(item -> item == null ? 0 : item.size()).sum();
        if (bytes > MAX_BYTES) {
            throw ServiceException.validation(
                    "Transaction request size cannot exceed 4 MB, the aggregate size of the items in the transaction");
        }
    }
}

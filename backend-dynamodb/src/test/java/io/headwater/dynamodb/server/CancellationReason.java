package io.headwater.dynamodb.server;

import java.util.LinkedHashMap;
import java.util.Map;

/** Why one action had a transaction cancelled: "Amazon DynamoDB Transactions: How it works", "TransactWriteItems". */
record CancellationReason(String code, String message, Item item) {
    static final CancellationReason NONE = new CancellationReason("None", null, null);

    static CancellationReason conditionFailed(Item item) {
        return new CancellationReason("ConditionalCheckFailed", ServiceException.CONDITION_FAILED, item);
    }

    static CancellationReason conflict() {
        return new CancellationReason("TransactionConflict", ServiceException.CONFLICT, null);
    }

    static CancellationReason invalid(String message) {
        return new CancellationReason("ValidationError", message, null);
    }

    static CancellationReason throttled() {
        return new CancellationReason("ThrottlingError", ServiceException.TOO_FAST, null);
    }

    static CancellationReason throughputExceeded() {
        return new CancellationReason(
                "ProvisionedThroughputExceeded",
                ServiceException.throughputExceeded().getMessage(),
                null);
    }

    boolean isNone() {
        return this == NONE;
    }

    Map<String, Object> toJson() {
        Map<String, Object> reason = new LinkedHashMap<>();
        reason.put("Code", code);
        if (message != null) {
            reason.put("Message", message);
        }
        if (item != null) {
            reason.put("Item", ValueWriter.item(item));
        }
        return reason;
    }
}

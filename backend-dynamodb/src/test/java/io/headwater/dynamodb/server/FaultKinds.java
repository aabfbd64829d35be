package io.headwater.dynamodb.server;

/** Which calls a fault can concern. */
final class FaultKinds {
    private FaultKinds() {}

    static boolean concerns(Fault fault, Call call) {
        return switch (fault) {
            case CONFLICT, CONFLICT_AFTER -> call.isTransaction() || call.is("PutItem", "UpdateItem", "DeleteItem");
            case STALE_READ -> call.isRead();
            case SPLIT_VISIBILITY -> call.is("TransactWriteItems");
            case THROTTLED_ACTION -> call.isTransaction();
            case PARTIAL_PAGE -> call.is("Query", "Scan");
            case UNPROCESSED -> call.is("BatchGetItem", "BatchWriteItem");
            case LATE, TWICE -> call.isWrite() || call.is("TransactWriteItems");
            case ACCESS_DENIED, EXPIRED_CREDENTIALS -> true;
            default -> call.isRead() || call.isWrite() || call.isTransaction();
        };
    }
}

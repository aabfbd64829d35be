package io.headwater.dynamodb.server;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** An error as the page "Error handling with DynamoDB" lists them: status, name, message and what else its body holds. */
final class ServiceException extends RuntimeException {
    private static final String DYNAMODB = "com.amazonaws.dynamodb.v20120810#";
    private static final String SERVICE = "com.amazon.coral.service#";
    static final String CONDITION_FAILED = "The conditional request failed";
    static final String CONFLICT = "Transaction is ongoing for the item";
    static final String TOO_FAST =
            "Throughput exceeds the current capacity of your table or index. DynamoDB is automatically"
                    + " scaling your table or index so please try again shortly.";

    private static final Set<String> CAPITAL = Set.of("TransactionCanceledException", "SerializationException");

    private final int status;
    private final String type;
    private final Map<String, Object> members;

    private ServiceException(int status, String type, String message, Map<String, Object> members) {
        super(message, null, false, false);
        this.status = status;
        this.type = type;
        this.members = members;
    }

    private ServiceException(String type, String message) {
        this(400, type, message, Map.of());
    }

    static ServiceException validation(String message) {
        return new ServiceException("com.amazon.coral.validate#ValidationException", message);
    }

    static ServiceException invalidParameter(String message) {
        return validation("One or more parameter values were invalid: " + message);
    }

    /** For what the service offers and this server does not. */
    static ServiceException notOffered(String what) {
        return validation("DynamoServer does not offer " + what);
    }

    static ServiceException serialization(String message) {
        return new ServiceException(SERVICE + "SerializationException", message);
    }

    static ServiceException unknownOperation(String message) {
        return new ServiceException(SERVICE + "UnknownOperationException", message);
    }

    static ServiceException notFound(String message) {
        return new ServiceException(DYNAMODB + "ResourceNotFoundException", message);
    }

    static ServiceException tableNotFound(String name) {
        return new ServiceException(DYNAMODB + "TableNotFoundException", "Table not found: " + name);
    }

    static ServiceException backupsUnavailable(String name) {
        return new ServiceException(
                DYNAMODB + "ContinuousBackupsUnavailableException",
                "Backups are being enabled for the table: " + name + ". Please retry later");
    }

    static ServiceException accessDenied(String message) {
        return new ServiceException(SERVICE + "AccessDeniedException", message);
    }

    /** "Common errors" of the API reference. */
    static ServiceException expiredToken() {
        return new ServiceException(
                SERVICE + "ExpiredTokenException", "The security token included in the request is expired");
    }

    static ServiceException inUse(String message) {
        return new ServiceException(DYNAMODB + "ResourceInUseException", message);
    }

    static ServiceException conditionFailed(Item item) {
        Map<String, Object> members = item == null ? Map.of() : Map.of("Item", ValueWriter.item(item));
        return new ServiceException(400, DYNAMODB + "ConditionalCheckFailedException", CONDITION_FAILED, members);
    }

    static ServiceException conflict() {
        return new ServiceException(DYNAMODB + "TransactionConflictException", CONFLICT);
    }

    static ServiceException inProgress() {
        return new ServiceException(
                DYNAMODB + "TransactionInProgressException",
                "The transaction with the given request token is already in progress");
    }

    static ServiceException tokenMismatch() {
        return new ServiceException(
                DYNAMODB + "IdempotentParameterMismatchException",
                "Parameters of the request do not match the previous request with the same client token");
    }

    static ServiceException canceled(List<CancellationReason> reasons) {
        String codes = reasons.stream().map(CancellationReason::code).collect(Collectors.joining(", ", "[", "]"));
        return new ServiceException(
                400,
                DYNAMODB + "TransactionCanceledException",
                "Transaction cancelled, please refer cancellation reasons for specific reasons " + codes,
                Map.of(
                        "CancellationReasons",
                        reasons.stream().map(CancellationReason::toJson).toList()));
    }

    static ServiceException throttled() {
        return new ServiceException(DYNAMODB + "ThrottlingException", TOO_FAST);
    }

    static ServiceException throughputExceeded() {
        return new ServiceException(
                DYNAMODB + "ProvisionedThroughputExceededException",
                "The level of configured provisioned throughput for the table was exceeded. Consider increasing your"
                        + " provisioning level with the UpdateTable API.");
    }

    static ServiceException tooLarge() {
        return new ServiceException(
                413, SERVICE + "RequestEntityTooLargeException", "the request exceeds 16 MB", Map.of());
    }

    static ServiceException internal(String message) {
        return new ServiceException(500, DYNAMODB + "InternalServerError", message, Map.of());
    }

    int status() {
        return status;
    }

    String type() {
        return type.substring(type.indexOf('#') + 1);
    }

    /** The body. Two errors have their message under another name, as the service writes it. */
    Map<String, Object> toJson() {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("__type", type);
        body.put(CAPITAL.contains(type()) ? "Message" : "message", getMessage());
        body.putAll(members);
        return body;
    }
}

package io.headwater.dynamodb.server;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** One request, for faults to look at. */
public final class Call {
    private final String operation;
    private final String accessKey;
    private final Request request;
    private final Meter meter = new Meter();
    private Set<Fault> faults = Set.of();

    Call(String operation, String accessKey, Request request) {
        this.operation = operation;
        this.accessKey = accessKey;
        this.request = request;
    }

    /** Such as {@code PutItem}. */
    public String operation() {
        return operation;
    }

    public boolean is(String... operations) {
        return List.of(operations).contains(operation);
    }

    /** The access key id that the request was signed with, or an empty string. */
    public String accessKey() {
        return accessKey;
    }

    /** The request as maps, lists, strings, {@link java.math.BigDecimal} and booleans. */
    public Map<String, Object> json() {
        return request.members();
    }

    /** Whether the text is part of the request, for instance a part of a key. */
    public boolean mentions(String text) {
        return request.members().toString().contains(text);
    }

    /** Whether the operation is of the kind that {@link Latency} calls a transaction. */
    boolean isTransaction() {
        return operation.startsWith("Transact");
    }

    boolean isRead() {
        return is("GetItem", "BatchGetItem", "Query", "Scan");
    }

    boolean isWrite() {
        return is("PutItem", "UpdateItem", "DeleteItem", "BatchWriteItem");
    }

    void meets(Set<Fault> drawn) {
        faults = drawn;
    }

    boolean meets(Fault fault) {
        return faults.contains(fault);
    }

    Request request() {
        return request;
    }

    Meter meter() {
        return meter;
    }

    @Override
    public String toString() {
        return operation + " " + request.members();
    }
}

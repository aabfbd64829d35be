package io.headwater.dynamodb.server;

import java.util.Map;
import java.util.function.Supplier;

/** The operations that the server offers, by name. */
final class Operations {
    private final Map<String, Operation> byName;

    Operations(Store store, Faults faults, Supplier<Latency> latency) {
        Reader reader = new Reader(store, faults);
        Transactions transactions = new Transactions(store, faults);
        byName = Map.ofEntries(
                Map.entry("CreateTable", new CreateTable(store, latency)),
                Map.entry("DescribeTable", new DescribeTable(store)),
                Map.entry("DeleteTable", new DeleteTable(store)),
                Map.entry("ListTables", new ListTables(store)),
                Map.entry("UpdateContinuousBackups", new UpdateContinuousBackups(store)),
                Map.entry("DescribeContinuousBackups", new DescribeContinuousBackups(store)),
                Map.entry("GetItem", new GetItem(store, reader)),
                Map.entry("PutItem", new PutItem(store)),
                Map.entry("UpdateItem", new UpdateItem(store)),
                Map.entry("DeleteItem", new DeleteItem(store)),
                Map.entry("Query", new Query(store, reader)),
                Map.entry("Scan", new Scan(store, reader)),
                Map.entry("BatchGetItem", new BatchGetItem(store, reader, faults)),
                Map.entry("BatchWriteItem", new BatchWriteItem(store, faults)),
                Map.entry("TransactWriteItems", new TransactWriteItems(store, transactions)),
                Map.entry("TransactGetItems", new TransactGetItems(store, transactions)));
    }

    Operation find(String name) {
        Operation operation = byName.get(name);
        if (operation == null) {
            throw Refused.operation(name);
        }
        return operation;
    }

    Map<String, Object> run(Call call) {
        Operation operation = find(call.operation());
        LegacyParameters.checkNotMixed(call.request());
        Refused.check(call.request(), operation.members());
        return operation.run(call.request(), call);
    }
}

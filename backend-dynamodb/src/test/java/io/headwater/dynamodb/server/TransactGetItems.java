package io.headwater.dynamodb.server;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** "TransactGetItems": up to 100 items, 4 MB in all, as they are at one moment. */
final class TransactGetItems implements Operation {
    private final Store store;
    private final Transactions transactions;

    TransactGetItems(Store store, Transactions transactions) {
        this.store = store;
        this.transactions = transactions;
    }

    @Override
    public Set<String> members() {
        return Set.of("TransactItems", "ReturnConsumedCapacity");
    }

    @Override
    public Map<String, Object> run(Request request, Call call) {
        TransactionMembers.check(request);
        List<Supplier<Transactions.Get>> parsed = new ArrayList<>();
        for (Object json : request.list("TransactItems")) {
            parsed.add(get(Request.of(json)));
        }
        List<Transactions.Get> gets = TransactionMembers.resolve(parsed);
        TransactionMembers.checkDistinct(
                gets.stream().map(get -> Map.entry(get.table().name(), get.key())));
        List<Item> items = transactions.read(gets, call);
        TransactionMembers.checkSize(items);
        List<Object> responses = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            responses.add(response(gets.get(i), items.get(i)));
        }
        Map<String, Object> response = new LinkedHashMap<>();
        response.put("Responses", responses);
        call.meter().report(request, response, true);
        return response;
    }

    private static Map<String, Object> response(Transactions.Get get, Item item) {
        return item == null
                ? Map.of()
                : Map.of("Item", ValueWriter.attributes(get.projection().of(item.attributes())));
    }

    private Supplier<Transactions.Get> get(Request action) {
        Constraints.on(action).required("Get").check();
        Refused.check(action, Set.of("Get"));
        Request get = action.request("Get");
        Refused.check(get, Set.of("TableName", "Key", "ProjectionExpression", "ExpressionAttributeNames"));
        String name = Constraints.tableName(get);
        Constraints.on(get).required("Key").check();
        LegacyParameters.checkPlaceholders(get, "ProjectionExpression");
        Placeholders placeholders = Placeholders.of(get);
        Projection projection = Projection.parse(get.text("ProjectionExpression"), placeholders);
        placeholders.checkAllUsed();
        Table table = store.table(name);
        projection.check(table);
        return () -> new Transactions.Get(
                table, Keys.ofRequest(ValueReader.attributes(get.object("Key")), table.schema()), projection);
    }
}

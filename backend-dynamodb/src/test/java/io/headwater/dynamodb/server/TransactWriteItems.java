package io.headwater.dynamodb.server;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/** "TransactWriteItems": up to 100 actions on different items, 4 MB in all. */
final class TransactWriteItems implements Operation {
    private static final Set<String> KINDS = Set.of("ConditionCheck", "Delete", "Put", "Update");

    /** An action and the table that it names. */
    private record Action(String table, Function<Table, Write> write) {}

    private final Store store;
    private final Transactions transactions;
    private final Tokens tokens = new Tokens();

    TransactWriteItems(Store store, Transactions transactions) {
        this.store = store;
        this.transactions = transactions;
    }

    @Override
    public Set<String> members() {
        return Set.of("TransactItems", "ClientRequestToken", "ReturnConsumedCapacity", "ReturnItemCollectionMetrics");
    }

    @Override
    public Map<String, Object> run(Request request, Call call) {
        TransactionMembers.check(request);
        List<Write> writes = writes(request);
        String token = request.text("ClientRequestToken");
        if (token == null || tokens.begin(token, request.members().get("TransactItems"))) {
            carryOut(writes, token, call);
        } else {
            transactions.readAgain(writes, call);
        }
        Map<String, Object> response = new LinkedHashMap<>();
        reportMetrics(request, writes, response);
        call.meter().report(request, response, true);
        return response;
    }

    private void carryOut(List<Write> writes, String token, Call call) {
        try {
            transactions.write(writes, call);
        } catch (RuntimeException e) {
            if (token != null) {
                tokens.failed(token);
            }
            throw e;
        }
        if (token != null) {
            tokens.done(token);
        }
    }

    private List<Write> writes(Request request) {
        List<Action> parsed = new ArrayList<>();
        for (Object json : request.list("TransactItems")) {
            parsed.add(action(Request.of(json)));
        }
        List<Supplier<Write>> found = new ArrayList<>();
        for (Action action : parsed) {
            Table table = store.table(action.table());
            found.add(() -> action.write().apply(table));
        }
        List<Write> writes = TransactionMembers.resolve(found);
        TransactionMembers.checkDistinct(
                writes.stream().map(write -> Map.entry(write.table().name(), write.key())));
        return writes;
    }

    private static Action action(Request action) {
        Set<String> kinds = action.members().keySet();
        if (kinds.size() != 1 || !KINDS.containsAll(kinds)) {
            throw ServiceException.validation("TransactItems can only contain one of Check, Put, Update or Delete");
        }
        String kind = kinds.iterator().next();
        Request json = action.request(kind);
        String member = kind.equals("Put") ? "Item" : "Key";
        checkMembers(kind, json, member);
        WriteParser parser = new WriteParser(json);
        return new Action(
                json.text("TableName"),
                switch (kind) {
                    case "Put" -> parser.put();
                    case "Delete" -> parser.delete();
                    case "ConditionCheck" -> parser.check();
                    default -> parser.update(parser.update());
                });
    }

    private static void checkMembers(String kind, Request json, String member) {
        boolean update = kind.equals("Update");
        Refused.check(json, TransactionMembers.ofAction(member, update ? "UpdateExpression" : "TableName"));
        Constraints.tableName(json);
        Constraints constraints =
                Constraints.on(json).required(member).oneOf("ReturnValuesOnConditionCheckFailure", "ALL_OLD", "NONE");
        if (update) {
            constraints.required("UpdateExpression");
        } else if (kind.equals("ConditionCheck")) {
            constraints.required("ConditionExpression");
        }
        constraints.check();
        LegacyParameters.checkPlaceholders(json, "ConditionExpression", "UpdateExpression");
    }

    private static void reportMetrics(Request request, List<Write> writes, Map<String, Object> response) {
        Map<String, List<Object>> metrics = new LinkedHashMap<>();
        for (Write write : writes) {
            if (CollectionMetrics.asked(request, write.table())) {
                metrics.computeIfAbsent(write.table().name(), name -> new ArrayList<>())
                        .add(CollectionMetrics.of(write.table(), write.key()));
            }
        }
        if (!metrics.isEmpty()) {
            response.put("ItemCollectionMetrics", metrics);
        }
    }
}

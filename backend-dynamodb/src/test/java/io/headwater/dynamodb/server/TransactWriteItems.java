package io.headwater.dynamodb.server;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** "TransactWriteItems": up to 100 actions on different items, 4 MB in all. */
final class TransactWriteItems implements Operation {
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
        List<Supplier<Write>> parsed = new ArrayList<>();
        for (Object json : request.list("TransactItems")) {
            parsed.add(action(Request.of(json)));
        }
        List<Write> writes = TransactionMembers.resolve(parsed);
        TransactionMembers.checkDistinct(
                writes.stream().map(write -> Map.entry(write.table().name(), write.key())));
        return writes;
    }

    private Supplier<Write> action(Request action) {
        Set<String> kinds = action.members().keySet();
        if (kinds.size() != 1) {
            throw ServiceException.validation("TransactItems can only contain one of Check, Put, Update or Delete");
        }
        String kind = kinds.iterator().next();
        Request json = action.request(kind);
        return switch (kind) {
            case "Put" -> parser(json, "Item").put();
            case "Delete" -> parser(json, "Key").delete();
            case "ConditionCheck" -> check(json);
            case "Update" -> update(json);
            default -> throw ServiceException.serialization("unknown member: " + kind);
        };
    }

    private Supplier<Write> check(Request json) {
        Constraints.on(json).required("ConditionExpression").check();
        return parser(json, "Key").check();
    }

    private Supplier<Write> update(Request json) {
        Constraints.on(json).required("UpdateExpression").check();
        WriteParser parser = parser(json, "Key", "UpdateExpression");
        return parser.update(parser.update());
    }

    private WriteParser parser(Request json, String... members) {
        Refused.check(json, TransactionMembers.ofAction(members));
        String name = Constraints.tableName(json);
        Constraints.on(json)
                .required(members[0])
                .oneOf("ReturnValuesOnConditionCheckFailure", "ALL_OLD", "NONE")
                .check();
        LegacyParameters.checkPlaceholders(json, "ConditionExpression", "UpdateExpression");
        return new WriteParser(store.table(name), json, Placeholders.of(json));
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

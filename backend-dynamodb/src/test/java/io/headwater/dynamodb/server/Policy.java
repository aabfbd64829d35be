package io.headwater.dynamodb.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;

/**
 * A policy of IAM, as far as the project's are concerned: statements that allow actions, on keys that a condition names. Which
 * actions a call needs is from "Actions, resources, and condition keys for Amazon DynamoDB" and "Using IAM with DynamoDB
 * transactions". Remembers which actions were needed.
 */
public final class Policy {
    private static final String CONDITION = "ForAllValues:StringLike";
    private static final String LEADING_KEYS = "dynamodb:LeadingKeys";

    private final List<Statement> statements;
    private final Set<String> needed = new ConcurrentSkipListSet<>();

    private Policy(List<Statement> statements) {
        this.statements = statements;
    }

    private record Statement(List<String> actions, String keys) {
        boolean allows(Need need) {
            return actions.contains(need.action()) && matches(need.key());
        }

        /** Where a call has no key, a condition for all values holds. */
        private boolean matches(String key) {
            return key.isEmpty() || keys.equals("*") || key.startsWith(keys.substring(0, keys.length() - 1));
        }
    }

    /** An action on one partition key, or on a table if that is empty. */
    private record Need(String action, String key) {}

    /** Reads a policy, for this store. */
    public static Policy read(Path file, String store) {
        try {
            String text = Files.readString(file).replace("STORE", store);
            List<Statement> statements = new ArrayList<>();
            Request policy = Request.of(Json.read(text.getBytes(StandardCharsets.UTF_8)));
            for (Object statement : policy.list("Statement")) {
                statements.add(statement(Request.of(statement)));
            }
            return new Policy(statements);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Statement statement(Request json) {
        if (!json.text("Effect").equals("Allow")) {
            throw new IllegalArgumentException("a statement does not allow: " + json.members());
        }
        Object action = json.members().get("Action");
        List<String> actions = action instanceof List<?> list
                ? list.stream().map(String.class::cast).toList()
                : List.of(Request.asText(action));
        String keys = json.has("Condition")
                ? json.request("Condition").request(CONDITION).text(LEADING_KEYS)
                : "*";
        return new Statement(actions, keys);
    }

    /** Whether the call is allowed; what it needs is remembered if it is. */
    public boolean allows(Call call) {
        List<Need> needs = needs(call);
        boolean allowed =
                needs.stream().allMatch(need -> statements.stream().anyMatch(statement -> statement.allows(need)));
        if (allowed) {
            needs.forEach(need -> needed.add(need.action()));
        }
        return allowed;
    }

    /** All actions that it allows. */
    public Set<String> actions() {
        Set<String> actions = new ConcurrentSkipListSet<>();
        statements.forEach(statement -> actions.addAll(statement.actions()));
        return actions;
    }

    /** The actions that allowed calls needed so far. */
    public Set<String> needed() {
        return needed;
    }

    private static List<Need> needs(Call call) {
        Request request = call.request();
        String action = "dynamodb:" + call.operation();
        return switch (call.operation()) {
            case "GetItem", "UpdateItem", "DeleteItem" -> List.of(new Need(action, key(request.object("Key"))));
            case "PutItem" -> List.of(new Need(action, key(request.object("Item"))));
            case "Query" ->
                List.of(new Need(
                        action, text(request.object("ExpressionAttributeValues").get(":pk"))));
            case "BatchGetItem" ->
                batchReads(request).stream().map(key -> new Need(action, key)).toList();
            case "BatchWriteItem" ->
                batchWrites(request).stream().map(key -> new Need(action, key)).toList();
            case "TransactGetItems", "TransactWriteItems" ->
                request.list("TransactItems").stream()
                        .map(Policy::ofTransaction)
                        .toList();
            case "CreateTable" -> creation(request, action);
            default -> List.of(new Need(action, ""));
        };
    }

    private static List<Need> creation(Request request, String action) {
        Need create = new Need(action, "");
        return request.has("Tags") ? List.of(create, new Need("dynamodb:TagResource", "")) : List.of(create);
    }

    private static Need ofTransaction(Object json) {
        Map.Entry<String, Object> action =
                Request.asObject(json).entrySet().iterator().next();
        Request members = Request.of(action.getValue());
        return new Need(
                "dynamodb:" + action.getKey() + "Item",
                key(members.object(action.getKey().equals("Put") ? "Item" : "Key")));
    }

    private static List<String> batchReads(Request request) {
        return tables(request).stream()
                .flatMap(table -> Request.of(table).list("Keys").stream())
                .map(key -> key(Request.asObject(key)))
                .toList();
    }

    private static List<String> batchWrites(Request request) {
        return tables(request).stream()
                .flatMap(table -> Request.asList(table).stream())
                .map(write -> Request.asObject(write).values().iterator().next())
                .map(write -> Request.asObject(write).values().iterator().next())
                .map(item -> key(Request.asObject(item)))
                .toList();
    }

    private static Collection<Object> tables(Request request) {
        return request.object("RequestItems").values();
    }

    private static String key(Map<String, Object> attributes) {
        return text(attributes.get("pk"));
    }

    private static String text(Object value) {
        return Request.of(value).text("S");
    }
}

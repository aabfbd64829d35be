package io.headwater.dynamodb;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;

/** A consistent query of items of one partition, by sort key. */
final class Query {
    private final Table table;
    private final Map<String, AttributeValue> values = new HashMap<>();
    private String keys = "#pk = :pk";
    private boolean backwards;
    private @Nullable Integer limit;
    private @Nullable Map<String, AttributeValue> after;

    Query(Table table, String pk) {
        this.table = table;
        values.put(":pk", AttributeValue.fromS(pk));
    }

    /** Only from one sort key to another, both inclusive. */
    Query between(String first, String last) {
        values.put(":last", AttributeValue.fromS(last));
        return bound("#sk BETWEEN :first AND :last", first);
    }

    Query from(String sk) {
        return bound("#sk >= :first", sk);
    }

    Query upTo(String sk) {
        return bound("#sk <= :first", sk);
    }

    Query after(String sk) {
        return bound("#sk > :first", sk);
    }

    Query beginningWith(String prefix) {
        return prefix.isEmpty() ? this : bound("begins_with(#sk, :first)", prefix);
    }

    private Query bound(String condition, String first) {
        values.put(":first", AttributeValue.fromS(first));
        keys += " AND " + condition;
        return this;
    }

    Query backwards() {
        backwards = true;
        return this;
    }

    /** The most items of one page. */
    Query limit(int most) {
        limit = most;
        return this;
    }

    /** Begins behind this item, which must fit the other bounds. */
    Query startingAfter(Key key) {
        after = key.attributes();
        return this;
    }

    private QueryRequest request() {
        return QueryRequest.builder()
                .tableName(table.name())
                .keyConditionExpression(keys)
                .expressionAttributeNames(Write.names(keys))
                .expressionAttributeValues(values)
                .scanIndexForward(!backwards)
                .consistentRead(true)
                .limit(limit)
                .exclusiveStartKey(after)
                .build();
    }

    /** The items of the next page, perhaps none although there are more. */
    List<Item> page() {
        QueryRequest request = request();
        QueryResponse response = table.reading("Query", () -> table.client().query(request));
        after = response.hasLastEvaluatedKey() ? response.lastEvaluatedKey() : null;
        return response.items().stream().map(Item::of).toList();
    }

    /** Whether there may be more behind the page that was read last. */
    boolean more() {
        return after != null;
    }

    /** All items. */
    List<Item> all() {
        List<Item> items = new ArrayList<>();
        do {
            items.addAll(page());
        } while (more());
        return items;
    }

    /** The first items, at most this many. */
    List<Item> first(int most) {
        limit(most);
        List<Item> items = new ArrayList<>();
        do {
            items.addAll(page());
        } while (more() && items.size() < most);
        return items.size() > most ? items.subList(0, most) : items;
    }
}

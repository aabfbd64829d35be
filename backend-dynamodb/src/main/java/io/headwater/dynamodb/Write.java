package io.headwater.dynamodb;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionCheck;
import software.amazon.awssdk.services.dynamodb.model.Delete;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.Update;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/**
 * A write of one item, alone or in a transaction. In its expressions {@code #name} stands for the attribute of that name, so that
 * none is a reserved word, and {@code :name} for a value that is given with it.
 */
final class Write {
    private static final Pattern NAME = Pattern.compile("#(\\w+)");

    /** What is done to the item. */
    enum Kind {
        PUT,
        UPDATE,
        DELETE,
        CHECK
    }

    private final Kind kind;
    private final Item item;
    private final String update;
    private @Nullable String condition;
    private final Map<String, AttributeValue> values = new HashMap<>();

    private Write(Kind kind, Item item, String update) {
        this.kind = kind;
        this.item = item;
        this.update = update;
    }

    /** Replaces the item. */
    static Write put(Item item) {
        return new Write(Kind.PUT, item, "");
    }

    /** Changes attributes as an update expression says. */
    static Write update(Key key, String expression) {
        return new Write(Kind.UPDATE, Item.at(key), expression);
    }

    static Write delete(Key key) {
        return new Write(Kind.DELETE, Item.at(key), "");
    }

    /** Only looks at the item, in a transaction. */
    static Write check(Key key) {
        return new Write(Kind.CHECK, Item.at(key), "");
    }

    Write onlyIf(String expression) {
        condition = expression;
        return this;
    }

    Write value(String name, long number) {
        return value(name, Item.number(number));
    }

    Write value(String name, String text) {
        return value(name, AttributeValue.fromS(text));
    }

    Write value(String name, byte[] bytes) {
        return value(name, Item.bytes(bytes));
    }

    Write value(String name, AttributeValue value) {
        values.put(':' + name, value);
        return this;
    }

    /** A set of texts; nothing for an empty one. */
    Write texts(String name, Set<String> texts) {
        return texts.isEmpty() ? this : value(name, Item.texts(texts));
    }

    /** A set of numbers; nothing for an empty one. */
    Write numbers(String name, Set<Integer> numbers) {
        return numbers.isEmpty() ? this : value(name, Item.numbers(numbers));
    }

    Kind kind() {
        return kind;
    }

    Key key() {
        return item.key();
    }

    /** About the bytes that it counts for in a transaction. */
    int size() {
        return ItemSize.of(item) + ItemSize.of(Item.of(values));
    }

    /** The names in expressions, as a request takes them; null for none. */
    static @Nullable Map<String, String> names(String expressions) {
        Map<String, String> names = new HashMap<>();
        Matcher name = NAME.matcher(expressions);
        while (name.find()) {
            names.put(name.group(), name.group(1));
        }
        return names.isEmpty() ? null : names;
    }

    private @Nullable Map<String, String> names() {
        return names(update + ' ' + condition);
    }

    private @Nullable Map<String, AttributeValue> values() {
        return values.isEmpty() ? null : values;
    }

    private Map<String, AttributeValue> keyAttributes() {
        return item.key().attributes();
    }

    TransactWriteItem action(String table) {
        ReturnValuesOnConditionCheckFailure old = ReturnValuesOnConditionCheckFailure.ALL_OLD;
        TransactWriteItem.Builder action = TransactWriteItem.builder();
        return (switch (kind) {
                    case PUT ->
                        action.put(Put.builder()
                                .tableName(table)
                                .item(item.attributes())
                                .conditionExpression(condition)
                                .expressionAttributeNames(names())
                                .expressionAttributeValues(values())
                                .returnValuesOnConditionCheckFailure(old)
                                .build());
                    case UPDATE ->
                        action.update(Update.builder()
                                .tableName(table)
                                .key(keyAttributes())
                                .updateExpression(update)
                                .conditionExpression(condition)
                                .expressionAttributeNames(names())
                                .expressionAttributeValues(values())
                                .returnValuesOnConditionCheckFailure(old)
                                .build());
                    case DELETE ->
                        action.delete(Delete.builder()
                                .tableName(table)
                                .key(keyAttributes())
                                .conditionExpression(condition)
                                .expressionAttributeNames(names())
                                .expressionAttributeValues(values())
                                .returnValuesOnConditionCheckFailure(old)
                                .build());
                    case CHECK ->
                        action.conditionCheck(ConditionCheck.builder()
                                .tableName(table)
                                .key(keyAttributes())
                                .conditionExpression(condition)
                                .expressionAttributeNames(names())
                                .expressionAttributeValues(values())
                                .returnValuesOnConditionCheckFailure(old)
                                .build());
                })
                .build();
    }

    PutItemRequest putRequest(String table) {
        return PutItemRequest.builder()
                .tableName(table)
                .item(item.attributes())
                .conditionExpression(condition)
                .expressionAttributeNames(names())
                .expressionAttributeValues(values())
                .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)
                .build();
    }

    UpdateItemRequest updateRequest(String table) {
        return UpdateItemRequest.builder()
                .tableName(table)
                .key(keyAttributes())
                .updateExpression(update)
                .conditionExpression(condition)
                .expressionAttributeNames(names())
                .expressionAttributeValues(values())
                .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)
                .returnValues("ALL_NEW")
                .build();
    }

    DeleteItemRequest deleteRequest(String table) {
        return DeleteItemRequest.builder()
                .tableName(table)
                .key(keyAttributes())
                .conditionExpression(condition)
                .expressionAttributeNames(names())
                .expressionAttributeValues(values())
                .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)
                .build();
    }
}

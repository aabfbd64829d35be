package io.headwater.dynamodb.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemResponse;

class ItemsTest extends Fixture {
    private UpdateItemResponse update(ReturnValue returned, String expression, Object... values) {
        UpdateItemRequest.Builder request =
                UpdateItemRequest.builder().tableName(TABLE).key(item("a", "1")).updateExpression(expression);
        if (values.length > 0) {
            request.expressionAttributeValues(values(values));
        }
        return client.updateItem(request.returnValues(returned).build());
    }

    @Test
    void an_item_is_put_read_and_deleted_with_values_of_all_types() {
        Map<String, AttributeValue> item = item("a", "1", "n", 12.5, "b", new byte[] {1, 2}, "bool", true);
        item.put("null", AttributeValue.fromNul(true));
        item.put("ss", AttributeValue.fromSs(List.of("x", "y")));
        item.put("l", value(List.of("x", 1)));
        item.put("m", AttributeValue.fromM(values("inner", "value")));
        client.putItem(request -> request.tableName(TABLE).item(item));
        assertThat(get("a", "1")).isEqualTo(item);
        client.deleteItem(request -> request.tableName(TABLE).key(item("a", "1")));
        assertThat(get("a", "1")).isEmpty();
    }

    @Test
    void numbers_are_returned_in_one_form() {
        for (String number : List.of("100", "1E2", "+100.00", "0100")) {
            put("a", "1", "n", AttributeValue.fromN(number));
            assertThat(get("a", "1").get("n").n()).isEqualTo("100");
        }
    }

    @Test
    void a_failed_condition_has_the_item_if_it_is_asked_for() {
        put("a", "1", "n", 7);
        ConditionalCheckFailedException failure = catchThrowableOfType(
                ConditionalCheckFailedException.class,
                () -> client.putItem(request -> request.tableName(TABLE)
                        .item(item("a", "1"))
                        .conditionExpression("attribute_not_exists(pk)")
                        .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)));
        assertThat(failure.item()).isEqualTo(item("a", "1", "n", 7));
        assertThat(get("a", "1")).containsKey("n");
    }

    @Test
    void an_update_makes_the_item_unless_it_only_removes() {
        update(ReturnValue.NONE, "REMOVE x");
        update(ReturnValue.NONE, "REMOVE x.y");
        update(ReturnValue.NONE, "DELETE x :set", ":set", AttributeValue.fromSs(List.of("y")));
        assertThat(get("a", "1")).isEmpty();
        update(ReturnValue.NONE, "ADD n :one", ":one", 1);
        assertThat(get("a", "1")).isEqualTo(item("a", "1", "n", 1));
    }

    @Test
    void an_update_returns_what_was_and_what_is() {
        put("a", "1", "n", 1, "note", "x");
        assertThat(update(ReturnValue.UPDATED_OLD, "ADD n :v", ":v", 4).attributes())
                .isEqualTo(values("n", 1));
        assertThat(update(ReturnValue.UPDATED_NEW, "ADD n :v", ":v", 4).attributes())
                .isEqualTo(values("n", 9));
        assertThat(update(ReturnValue.ALL_OLD, "SET note = :v", ":v", "y").attributes())
                .isEqualTo(item("a", "1", "n", 9, "note", "x"));
        assertThat(update(ReturnValue.ALL_NEW, "REMOVE note").attributes()).isEqualTo(item("a", "1", "n", 9));
    }

    @Test
    void a_key_is_never_updated() {
        assertThatThrownBy(() -> update(ReturnValue.NONE, "SET sk = :v", ":v", "2"))
                .isInstanceOf(DynamoDbException.class)
                .hasMessageContaining("Cannot update attribute sk. This attribute is part of the key");
    }

    @Test
    void a_name_is_not_empty_and_has_less_than_64_kb() {
        String longest = "n".repeat(65_535);
        put("a", "1", longest, 1);
        assertThat(client.getItem(request -> request.tableName(TABLE)
                                .key(item("a", "1"))
                                .projectionExpression("#name")
                                .expressionAttributeNames(Map.of("#name", longest)))
                        .item())
                .isEqualTo(values(longest, 1));
        assertThatThrownBy(() -> put("a", "1", longest + "n", 1)).hasMessageContaining("must be less than 65536 bytes");
        assertThatThrownBy(() -> put("a", "1", "", 1)).hasMessageContaining("Empty attribute name");
        for (String name : List.of("", longest + "n")) {
            assertThatThrownBy(() -> client.getItem(request -> request.tableName(TABLE)
                            .key(item("a", "1"))
                            .projectionExpression("#name")
                            .expressionAttributeNames(Map.of("#name", name))))
                    .hasMessageContaining("ExpressionAttributeNames contains invalid value: ");
        }
    }

    @Test
    void a_path_into_a_key_is_refused() {
        assertThatThrownBy(() -> client.getItem(
                        request -> request.tableName(TABLE).key(item("a", "1")).projectionExpression("sk.x")))
                .hasMessageContaining("Key attributes must be scalars")
                .hasMessageContaining("Key: sk");
        assertThatThrownBy(() -> client.scan(request -> request.tableName(TABLE)
                        .filterExpression("pk[0] = :v")
                        .expressionAttributeValues(values(":v", "x"))))
                .hasMessageContaining("Key: pk");
    }

    @Test
    void empty_keys_are_refused_and_empty_values_are_not() {
        assertThatThrownBy(() -> put("a", "")).hasMessageContaining("cannot contain an empty string value. Key: sk");
        put("a", "1", "empty", "");
        assertThat(get("a", "1")).isEqualTo(item("a", "1", "empty", ""));
    }
}

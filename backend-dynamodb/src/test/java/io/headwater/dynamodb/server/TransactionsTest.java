package io.headwater.dynamodb.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.IdempotentParameterMismatchException;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.TransactGetItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

class TransactionsTest extends Fixture {
    static TransactWriteItem putAction(String pk, String sk, Object... pairs) {
        return TransactWriteItem.builder()
                .put(put -> put.tableName(TABLE).item(item(pk, sk, pairs)))
                .build();
    }

    static TransactWriteItem putIfAbsent(String pk, String sk) {
        return TransactWriteItem.builder()
                .put(put -> put.tableName(TABLE)
                        .item(item(pk, sk, "new", true))
                        .conditionExpression("attribute_not_exists(pk)")
                        .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD))
                .build();
    }

    static TransactWriteItem add(String pk, String sk) {
        return TransactWriteItem.builder()
                .update(update -> update.tableName(TABLE)
                        .key(item(pk, sk))
                        .updateExpression("ADD n :one")
                        .expressionAttributeValues(values(":one", 1)))
                .build();
    }

    private void write(TransactWriteItem... actions) {
        client.transactWriteItems(request -> request.transactItems(actions));
    }

    private List<CancellationReason> reasons(TransactWriteItem... actions) {
        return catchThrowableOfType(TransactionCanceledException.class, () -> write(actions))
                .cancellationReasons();
    }

    @Test
    void all_actions_are_carried_out_or_none() {
        put("a", "gone");
        put("a", "there");
        write(
                putAction("a", "1"),
                add("a", "2"),
                TransactWriteItem.builder()
                        .delete(delete -> delete.tableName(TABLE).key(item("a", "gone")))
                        .build(),
                TransactWriteItem.builder()
                        .conditionCheck(check -> check.tableName(TABLE)
                                .key(item("a", "there"))
                                .conditionExpression("attribute_exists(pk)"))
                        .build());
        assertThat(get("a", "1")).isNotEmpty();
        assertThat(get("a", "2")).isEqualTo(item("a", "2", "n", 1));
        assertThat(get("a", "gone")).isEmpty();
        reasons(putIfAbsent("a", "there"), putAction("a", "3"));
        assertThat(get("a", "3")).isEmpty();
    }

    @Test
    void reasons_are_in_the_order_of_the_actions_with_the_items_asked_for() {
        put("a", "2", "n", 7);
        put("a", "3");
        List<CancellationReason> reasons = reasons(putAction("a", "1"), putIfAbsent("a", "2"), putIfAbsent("a", "3"));
        assertThat(reasons)
                .extracting(CancellationReason::code)
                .containsExactly("None", "ConditionalCheckFailed", "ConditionalCheckFailed");
        assertThat(reasons)
                .extracting(CancellationReason::item)
                .containsExactly(Map.of(), item("a", "2", "n", 7), item("a", "3"));
    }

    @Test
    void what_is_wrong_with_an_action_is_a_reason() {
        put("a", "1", "n", "text");
        List<CancellationReason> reasons = reasons(putAction("a", "2"), add("a", "1"));
        assertThat(reasons).extracting(CancellationReason::code).containsExactly("None", "ValidationError");
        assertThat(reasons.get(1).message()).contains("incorrect data type");
        TransactWriteItem withoutSortKey = TransactWriteItem.builder()
                .put(put -> put.tableName(TABLE).item(values("pk", "a")))
                .build();
        assertThat(reasons(withoutSortKey))
                .extracting(CancellationReason::message)
                .singleElement()
                .asString()
                .contains("Missing the key sk in the item");
        assertThat(reasons(withoutSortKey, withoutSortKey, putIfAbsent("a", "1")))
                .extracting(CancellationReason::code)
                .containsExactly("ValidationError", "None", "None");
    }

    @Test
    void a_repeat_with_the_same_token_does_nothing_and_another_request_is_refused() {
        String token = random();
        for (int i = 0; i < 3; i++) {
            client.transactWriteItems(
                    request -> request.clientRequestToken(token).transactItems(add("a", "1")));
        }
        assertThat(get("a", "1")).isEqualTo(item("a", "1", "n", 1));
        assertThatThrownBy(() -> client.transactWriteItems(
                        request -> request.clientRequestToken(token).transactItems(add("a", "2"))))
                .isInstanceOf(IdempotentParameterMismatchException.class);
    }

    @Test
    void a_cancelled_transaction_can_be_made_again_with_its_token() {
        String token = random();
        put("a", "1");
        assertThatThrownBy(() -> client.transactWriteItems(
                        request -> request.clientRequestToken(token).transactItems(putIfAbsent("a", "1"))))
                .isInstanceOf(TransactionCanceledException.class);
        client.deleteItem(request -> request.tableName(TABLE).key(item("a", "1")));
        client.transactWriteItems(request -> request.clientRequestToken(token).transactItems(putIfAbsent("a", "1")));
        assertThat(get("a", "1")).isEqualTo(item("a", "1", "new", true));
    }

    @Test
    void an_item_stands_in_one_action_only() {
        assertThatThrownBy(() -> write(putAction("a", "1"), add("a", "1")))
                .hasMessageContaining("Transaction request cannot include multiple operations on one item");
    }

    @Test
    void there_are_at_most_100_actions_and_4_mb() {
        List<TransactWriteItem> actions = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            actions.add(putAction("a", "" + i));
        }
        write(actions.toArray(TransactWriteItem[]::new));
        actions.add(putAction("a", "100"));
        assertThatThrownBy(() -> write(actions.toArray(TransactWriteItem[]::new)))
                .hasMessageContaining("Member must have length less than or equal to 100");
    }

    /** An item of 1,024 bytes less than 400 KB, ten times, and a last one that makes it 4 MB exactly, or a byte more. */
    @Test
    void a_transaction_of_4_mb_is_allowed_and_one_byte_more_is_not() {
        List<TransactWriteItem> actions = new ArrayList<>();
        int left = 4 * 1024 * 1024;
        int fixed = "pkaskxx".length() + 1;
        for (int i = 0; i < 10; i++) {
            actions.add(putAction("a", "" + i, "xx", "x".repeat(399 * 1024 - fixed)));
            left -= 399 * 1024;
        }
        String rest = "x".repeat(left - fixed);
        actions.add(putAction("b", "0", "xx", rest + "x"));
        assertThatThrownBy(() -> write(actions.toArray(TransactWriteItem[]::new)))
                .hasMessageContaining("4 MB");
        actions.set(10, putAction("b", "0", "xx", rest));
        write(actions.toArray(TransactWriteItem[]::new));
        assertThat(get("b", "0")).isNotEmpty();
    }

    @Test
    void a_read_of_several_items_keeps_their_order() {
        put("a", "1", "n", 1);
        put("a", "3", "n", 3);
        List<Map<String, AttributeValue>> items =
                client
                        .transactGetItems(request -> request.transactItems(get("1"), get("2"), get("3")))
                        .responses()
                        .stream()
                        .map(response -> response.item())
                        .toList();
        assertThat(items).containsExactly(item("a", "1", "n", 1), Map.of(), item("a", "3", "n", 3));
    }

    static TransactGetItem get(String sk) {
        return TransactGetItem.builder()
                .get(get -> get.tableName(TABLE).key(item("a", sk)))
                .build();
    }
}

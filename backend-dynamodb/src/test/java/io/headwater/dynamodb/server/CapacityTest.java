package io.headwater.dynamodb.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.ConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity;

class CapacityTest extends Fixture {
    private static final ReturnConsumedCapacity TOTAL = ReturnConsumedCapacity.TOTAL;

    private double put(int bytes) {
        int fixed = "pkask1x".length();
        return client.putItem(request -> request.tableName(TABLE)
                        .item(item("a", "1", "x", "x".repeat(bytes - fixed)))
                        .returnConsumedCapacity(TOTAL))
                .consumedCapacity()
                .capacityUnits();
    }

    private double get(boolean consistent) {
        return client.getItem(request -> request.tableName(TABLE)
                        .key(item("a", "1"))
                        .consistentRead(consistent)
                        .returnConsumedCapacity(TOTAL))
                .consumedCapacity()
                .capacityUnits();
    }

    @Test
    void a_write_consumes_a_unit_for_each_kb_of_the_larger_item() {
        assertThat(put(1024)).isEqualTo(1);
        assertThat(put(1025)).isEqualTo(2);
        assertThat(put(3000)).isEqualTo(3);
        assertThat(put(100)).isEqualTo(3);
    }

    @Test
    void a_read_consumes_a_unit_for_each_4_kb_and_half_of_it_if_it_is_eventually_consistent() {
        assertThat(get(true)).isEqualTo(1);
        assertThat(get(false)).isEqualTo(0.5);
        put(4096);
        assertThat(get(true)).isEqualTo(1);
        put(4097);
        assertThat(get(true)).isEqualTo(2);
        assertThat(get(false)).isEqualTo(1);
    }

    @Test
    void a_page_is_rounded_up_as_a_whole_and_a_batch_item_by_item() {
        for (int i = 0; i < 4; i++) {
            put("a", "" + i, "x", "x".repeat(1000));
        }
        assertThat(client.query(request -> request.tableName(TABLE)
                                .keyConditionExpression("pk = :pk")
                                .expressionAttributeValues(values(":pk", "a"))
                                .consistentRead(true)
                                .returnConsumedCapacity(TOTAL))
                        .consumedCapacity()
                        .capacityUnits())
                .isEqualTo(1);
        List<ConsumedCapacity> batch = client.batchGetItem(request -> request.requestItems(Map.of(
                                TABLE,
                                KeysAndAttributes.builder()
                                        .keys(List.of(item("a", "0"), item("a", "1"), item("a", "gone")))
                                        .consistentRead(true)
                                        .build()))
                        .returnConsumedCapacity(TOTAL))
                .consumedCapacity();
        assertThat(batch).extracting(ConsumedCapacity::capacityUnits).containsExactly(3.0);
    }

    @Test
    void transactions_consume_twice_and_a_repeat_reads_only() {
        String token = random();
        Supplier<ConsumedCapacity> write = () -> client.transactWriteItems(request -> request.clientRequestToken(token)
                        .transactItems(
                                TransactionsTest.putAction("a", "1", "x", "x".repeat(1500)),
                                TransactionsTest.add("a", "2"))
                        .returnConsumedCapacity(TOTAL))
                .consumedCapacity()
                .get(0);
        ConsumedCapacity first = write.get();
        assertThat(first.writeCapacityUnits()).isEqualTo(6);
        assertThat(first.capacityUnits()).isEqualTo(6);
        ConsumedCapacity second = write.get();
        assertThat(second.writeCapacityUnits()).isNull();
        assertThat(second.readCapacityUnits()).isEqualTo(4);
        ConsumedCapacity read = client.transactGetItems(
                        request -> request.transactItems(TransactionsTest.get("1"), TransactionsTest.get("gone"))
                                .returnConsumedCapacity(TOTAL))
                .consumedCapacity()
                .get(0);
        assertThat(read.readCapacityUnits()).isEqualTo(4);
    }

    @Test
    void a_failed_condition_consumes_what_the_item_has() {
        put(2000);
        Usage before = server.usage();
        assertThatThrownBy(() -> client.putItem(request ->
                        request.tableName(TABLE).item(item("a", "1")).conditionExpression("attribute_not_exists(pk)")))
                .hasMessageContaining("The conditional request failed");
        Usage consumed = server.usage().minus(before);
        assertThat(consumed.calls()).isEqualTo(Map.of("PutItem", 1L));
        assertThat(consumed.writeUnits()).isEqualTo(2);
        assertThat(consumed.readUnits()).isZero();
    }
}

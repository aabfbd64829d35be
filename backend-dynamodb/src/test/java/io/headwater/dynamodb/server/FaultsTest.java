package io.headwater.dynamodb.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughputExceededException;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.TransactionConflictException;

class FaultsTest extends Fixture {
    private void add() {
        client.updateItem(request -> request.tableName(TABLE)
                .key(item("a", "1"))
                .updateExpression("ADD n :one")
                .expressionAttributeValues(values(":one", 1)));
    }

    private void transact() {
        client.transactWriteItems(
                request -> request.transactItems(TransactionsTest.add("a", "1"), TransactionsTest.add("a", "2")));
    }

    private Map<String, AttributeValue> count(int n) {
        return item("a", "1", "n", n);
    }

    private List<String> codes(ThrowingCallable call) {
        return catchThrowableOfType(TransactionCanceledException.class, call).cancellationReasons().stream()
                .map(CancellationReason::code)
                .toList();
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void all_faults_are_off_at_first_and_when_they_are_cleared(Fault fault) {
        add();
        server.faults().add(fault, 1).clear();
        add();
        transact();
        assertThat(get("a", "1")).isEqualTo(count(3));
    }

    @Test
    void a_conflict_leaves_everything_as_it_was() {
        server.faults().add(Fault.CONFLICT, 1);
        assertThatThrownBy(this::add).isInstanceOf(TransactionConflictException.class);
        assertThat(codes(this::transact)).containsExactlyInAnyOrder("None", "TransactionConflict");
        assertThat(get("a", "1")).isEmpty();
    }

    @Test
    void a_conflict_can_be_told_after_the_commit() {
        server.faults().add(Fault.CONFLICT_AFTER, 1);
        assertThatThrownBy(this::add).isInstanceOf(TransactionConflictException.class);
        assertThat(codes(this::transact)).containsExactly("TransactionConflict", "None");
        assertThat(get("a", "1")).isEqualTo(count(2));
    }

    @Test
    void a_call_is_throttled_whole_or_by_a_reason() {
        server.faults().add(Fault.THROTTLED, 1);
        assertThat(catchThrowableOfType(DynamoDbException.class, this::add).isThrottlingException())
                .isTrue();
        server.faults().clear().add(Fault.THROUGHPUT_EXCEEDED, 1);
        assertThatThrownBy(this::transact).isInstanceOf(ProvisionedThroughputExceededException.class);
        server.faults().clear().add(Fault.THROTTLED_ACTION, 1);
        assertThat(codes(this::transact))
                .contains("None")
                .containsAnyOf("ThrottlingError", "ProvisionedThroughputExceeded");
        server.faults().clear();
        assertThat(get("a", "1")).isEmpty();
    }

    @Test
    void a_lost_request_is_not_carried_out_and_one_whose_reply_is_lost_is() {
        server.faults().addOnce(Fault.LOST_REQUEST, call -> call.is("UpdateItem"));
        assertThatThrownBy(this::add).isInstanceOf(SdkClientException.class);
        assertThat(get("a", "1")).isEmpty();
        server.faults().addOnce(Fault.LOST_REPLY, call -> call.is("UpdateItem"));
        assertThatThrownBy(this::add).isInstanceOf(SdkClientException.class);
        assertThat(get("a", "1")).isEqualTo(count(1));
    }

    @Test
    void a_slow_request_is_carried_out_and_answered() {
        server.faults().add(Fault.SLOW, 1).maxDelay(Duration.ofMillis(5));
        add();
        assertThat(get("a", "1")).isEqualTo(count(1));
    }

    @Test
    void a_late_request_is_carried_out_after_its_reply_was_lost() {
        server.faults().addOnce(Fault.LATE, call -> call.is("UpdateItem"));
        assertThatThrownBy(this::add).isInstanceOf(SdkClientException.class);
        server.awaitLateRequests();
        assertThat(get("a", "1")).isEqualTo(count(1));
    }

    @Test
    void an_addition_counts_twice_and_a_transaction_does_not() {
        server.faults().add(Fault.TWICE, 1);
        add();
        server.awaitLateRequests();
        assertThat(get("a", "1")).isEqualTo(count(2));
        transact();
        server.awaitLateRequests();
        assertThat(get("a", "1")).isEqualTo(count(3));
    }

    @Test
    void an_internal_error_leaves_open_whether_the_request_was_carried_out() {
        server.faults().seed(1).add(Fault.INTERNAL_ERROR, 1, call -> call.is("UpdateItem"));
        for (int i = 0; i < 20; i++) {
            assertThat(catchThrowableOfType(DynamoDbException.class, this::add).statusCode())
                    .isEqualTo(500);
        }
        assertThat(Integer.parseInt(get("a", "1").get("n").n())).isBetween(1, 19);
    }

    @Test
    void an_access_key_can_be_denied_an_operation() {
        try (DynamoDbClient reader = client(server, "reader")) {
            server.faults()
                    .add(Fault.ACCESS_DENIED, 1, call -> call.accessKey().equals("reader") && call.is("PutItem"));
            assertThatThrownBy(() ->
                            reader.putItem(request -> request.tableName(TABLE).item(item("a", "1"))))
                    .hasMessageContaining("is not authorized to perform: dynamodb:PutItem on resource");
            assertThat(reader.scan(request -> request.tableName(TABLE)).items()).isEmpty();
            put("a", "1");
        }
    }

    @Test
    void an_eventually_consistent_read_misses_what_is_new_and_a_consistent_one_does_not() {
        server.faults().add(Fault.STALE_READ, 1).maxStaleness(Duration.ofSeconds(10));
        int missing = 0;
        for (int i = 0; i < 20; i++) {
            put("a", "" + i);
            assertThat(query(true)).hasSize(i + 1);
            List<Map<String, AttributeValue>> seen = query(false);
            assertThat(seen)
                    .isEqualTo(IntStream.range(0, seen.size())
                            .mapToObj(n -> item("a", "" + n))
                            .sorted(Comparator.comparing(item -> item.get("sk").s()))
                            .toList());
            missing += i + 1 - seen.size();
        }
        assertThat(missing).isPositive();
    }

    private List<Map<String, AttributeValue>> query(boolean consistent) {
        return client.query(request -> request.tableName(TABLE)
                        .keyConditionExpression("pk = :pk")
                        .expressionAttributeValues(values(":pk", "a"))
                        .consistentRead(consistent))
                .items();
    }

    @Test
    void pages_end_early_and_can_be_continued() {
        for (int i = 0; i < 9; i++) {
            put("a", "" + i);
        }
        server.faults().add(Fault.PARTIAL_PAGE, 1);
        List<Map<String, AttributeValue>> items = new ArrayList<>();
        Map<String, AttributeValue> after = null;
        do {
            Map<String, AttributeValue> start = after;
            QueryResponse page = client.query(request -> request.tableName(TABLE)
                    .keyConditionExpression("pk = :pk")
                    .expressionAttributeValues(values(":pk", "a"))
                    .exclusiveStartKey(start));
            assertThat(page.items()).hasSizeLessThan(4);
            items.addAll(page.items());
            after = page.hasLastEvaluatedKey() ? page.lastEvaluatedKey() : null;
        } while (after != null);
        assertThat(items).hasSize(9);
    }

    @Test
    void keys_of_a_batch_are_left_unprocessed() {
        server.faults().add(Fault.UNPROCESSED, 1);
        List<Map<String, AttributeValue>> keys =
                IntStream.range(0, 50).mapToObj(i -> item("a", "" + i)).toList();
        BatchGetItemResponse response = client.batchGetItem(request -> request.requestItems(
                Map.of(TABLE, KeysAndAttributes.builder().keys(keys).build())));
        assertThat(response.unprocessedKeys().get(TABLE).keys()).hasSizeBetween(1, 49);
    }

    @Test
    void the_same_seed_makes_the_same_faults() {
        assertThat(failures(7)).isEqualTo(failures(7)).isNotEqualTo(failures(8)).contains(true, false);
    }

    private List<Boolean> failures(long seed) {
        server.faults().clear().seed(seed).add(Fault.CONFLICT, 0.5);
        List<Boolean> failures = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            failures.add(catchThrowableOfType(TransactionConflictException.class, this::add) != null);
        }
        return failures;
    }
}

package io.headwater.dynamodb.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

class LimitsTest extends Fixture {
    private static final int MAX_ITEM = 400 * 1024;

    private static WriteRequest putRequest(String sk, int bytes) {
        return WriteRequest.builder()
                .putRequest(put -> put.item(item("a", sk, "x", "x".repeat(bytes))))
                .build();
    }

    @Test
    void an_item_has_at_most_400_kb() {
        int fixed = "pkask1x".length();
        put("a", "1", "x", "x".repeat(MAX_ITEM - fixed));
        assertThatThrownBy(() -> put("a", "1", "x", "x".repeat(MAX_ITEM - fixed + 1)))
                .hasMessageContaining("Item size has exceeded the maximum allowed size");
        assertThatThrownBy(() -> client.updateItem(request -> request.tableName(TABLE)
                        .key(item("a", "1"))
                        .updateExpression("SET y = :y")
                        .expressionAttributeValues(values(":y", ""))))
                .hasMessageContaining("Item size to update has exceeded the maximum allowed size");
    }

    @Test
    void sizes_are_as_documented() {
        assertThat(size("{'a': {'S': 'aé€😀'}}")).isEqualTo(1 + 1 + 2 + 3 + 4);
        assertThat(size("{'a': {'N': '0'}}")).isEqualTo(1 + 1);
        assertThat(size("{'a': {'N': '12345'}}")).isEqualTo(1 + 3 + 1);
        assertThat(size("{'a': {'N': '-12'}}")).isEqualTo(1 + 1 + 1 + 1);
        assertThat(size("{'a': {'B': 'AQID'}}")).isEqualTo(1 + 3);
        assertThat(size("{'a': {'BOOL': true}, 'b': {'NULL': true}}")).isEqualTo(1 + 1 + 1 + 1);
        assertThat(size("{'a': {'SS': ['bb', 'c']}}")).isEqualTo(1 + 3);
        assertThat(size("{'a': {'L': [{'S': 'bb'}, {'S': 'c'}]}}")).isEqualTo(1 + 3 + 3 + 2);
        assertThat(size("{'a': {'M': {'key': {'S': 'c'}}}}")).isEqualTo(1 + 3 + 3 + 1 + 1);
    }

    private static int size(String json) {
        byte[] bytes = json.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
        return Sizes.of(ValueReader.attributes(Request.asObject(Json.read(bytes))));
    }

    @Test
    void keys_have_at_most_2048_and_1024_bytes() {
        put("é".repeat(1024), "é".repeat(512));
        assertThatThrownBy(() -> put("é".repeat(1024) + "a", "1")).hasMessageContaining("limit of2048 bytes");
        assertThatThrownBy(() -> put("a", "é".repeat(512) + "a")).hasMessageContaining("limit of 1024 bytes");
    }

    @Test
    void a_batch_of_writes_has_at_most_25() {
        List<WriteRequest> puts =
                IntStream.range(0, 26).mapToObj(i -> putRequest("" + i, 1)).toList();
        BatchWriteItemResponse response =
                client.batchWriteItem(request -> request.requestItems(Map.of(TABLE, puts.subList(0, 25))));
        assertThat(response.unprocessedItems()).isEmpty();
        assertThatThrownBy(() -> client.batchWriteItem(request -> request.requestItems(Map.of(TABLE, puts))))
                .hasMessageContaining("Member must have length less than or equal to 25");
    }

    @Test
    void a_batch_of_reads_returns_16_mb_and_the_other_keys_unprocessed() {
        for (int i = 0; i < 45; i++) {
            put("a", "" + i, "x", "x".repeat(390 * 1024));
        }
        List<Map<String, AttributeValue>> keys =
                IntStream.range(0, 45).mapToObj(i -> item("a", "" + i)).toList();
        BatchGetItemResponse response =
                client.batchGetItem(request -> request.requestItems(Map.of(TABLE, keysOf(keys))));
        int read = response.responses().get(TABLE).size();
        assertThat(read).isBetween(40, 43);
        assertThat(response.unprocessedKeys().get(TABLE).keys()).hasSize(45 - read);
    }

    @Test
    void a_batch_of_reads_has_at_most_100_keys_each_once() {
        List<Map<String, AttributeValue>> keys =
                IntStream.range(0, 101).mapToObj(i -> item("a", "" + i)).toList();
        client.batchGetItem(request -> request.requestItems(Map.of(TABLE, keysOf(keys.subList(0, 100)))));
        assertThatThrownBy(() -> client.batchGetItem(request -> request.requestItems(Map.of(TABLE, keysOf(keys)))))
                .hasMessageContaining("Member must have length less than or equal to 100");
        List<Map<String, AttributeValue>> twice = List.of(keys.get(0), keys.get(0));
        assertThatThrownBy(() -> client.batchGetItem(request -> request.requestItems(Map.of(TABLE, keysOf(twice)))))
                .hasMessageContaining("Provided list of item keys contains duplicates");
    }

    private static KeysAndAttributes keysOf(List<Map<String, AttributeValue>> keys) {
        return KeysAndAttributes.builder().keys(keys).build();
    }
}

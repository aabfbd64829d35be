package io.headwater.dynamodb.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;

class QueriesTest extends Fixture {
    private QueryResponse query(String condition, UnaryOperator<QueryRequest.Builder> options, Object... values) {
        Map<String, AttributeValue> all = values(":pk", "a");
        all.putAll(values(values));
        QueryRequest.Builder request = QueryRequest.builder()
                .tableName(TABLE)
                .keyConditionExpression("pk = :pk" + condition)
                .expressionAttributeValues(all);
        return client.query(options.apply(request).build());
    }

    private static List<String> sks(List<Map<String, AttributeValue>> items) {
        return items.stream().map(item -> item.get("sk").s()).toList();
    }

    @Test
    void items_come_in_the_order_of_the_bytes_of_their_sort_key() {
        List<String> order = List.of("10", "9", "Z", "a", "aa", "é", "\uFFFD", "\uD83D\uDE00");
        order.forEach(sk -> put("a", sk));
        put("b", "x");
        assertThat(sks(query("", request -> request).items())).isEqualTo(order);
        List<String> backwards =
                sks(query("", request -> request.scanIndexForward(false)).items());
        assertThat(backwards).containsExactly("\uD83D\uDE00", "\uFFFD", "é", "aa", "a", "Z", "9", "10");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        sk = :x | 20
        sk < :x | 10, 11
        sk <= :x | 10, 11, 20
        sk > :x | 21, 30
        sk >= :x | 20, 21, 30
        :x <= sk | 20, 21, 30
        begins_with(sk, :p) | 20, 21
        sk BETWEEN :x AND :y | 20, 21
        """)
    void a_condition_on_the_sort_key_selects_a_range(String condition, String expected) {
        List.of("10", "11", "20", "21", "30").forEach(sk -> put("a", sk));
        List<Object> values = new ArrayList<>();
        Map.of(":x", "20", ":y", "29", ":p", "2").forEach((name, value) -> {
            if (condition.contains(name)) {
                values.addAll(List.of(name, value));
            }
        });
        QueryResponse forwards = query(" AND " + condition, request -> request, values.toArray());
        assertThat(String.join(", ", sks(forwards.items()))).isEqualTo(expected);
        QueryResponse backwards =
                query(" AND " + condition, request -> request.scanIndexForward(false), values.toArray());
        assertThat(sks(backwards.items())).containsExactlyInAnyOrderElementsOf(sks(forwards.items()));
    }

    @Test
    void a_page_ends_at_the_limit_also_behind_the_last_item() {
        List.of("1", "2", "3", "4").forEach(sk -> put("a", sk));
        QueryResponse first = query("", request -> request.limit(2));
        assertThat(sks(first.items())).containsExactly("1", "2");
        QueryResponse second = query("", request -> request.limit(2).exclusiveStartKey(first.lastEvaluatedKey()));
        assertThat(sks(second.items())).containsExactly("3", "4");
        QueryResponse third = query("", request -> request.limit(2).exclusiveStartKey(second.lastEvaluatedKey()));
        assertThat(third.items()).isEmpty();
        assertThat(third.hasLastEvaluatedKey()).isFalse();
    }

    @Test
    void a_page_ends_before_it_exceeds_1_mb() {
        for (int i = 0; i < 4; i++) {
            put("a", "" + i, "x", "x".repeat(300 * 1024));
        }
        QueryResponse page = query("", request -> request);
        assertThat(sks(page.items())).containsExactly("0", "1", "2");
        assertThat(page.lastEvaluatedKey()).isEqualTo(item("a", "2"));
    }

    @Test
    void a_filter_is_applied_after_the_limit() {
        List.of("1", "2", "3").forEach(sk -> put("a", sk, "n", Integer.parseInt(sk)));
        QueryResponse page = query("", request -> request.limit(2).filterExpression("n > :n"), ":n", 1);
        assertThat(page.count()).isEqualTo(1);
        assertThat(page.scannedCount()).isEqualTo(2);
        assertThat(page.lastEvaluatedKey()).isEqualTo(item("a", "2"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        OR sk = :x | Invalid operator used in KeyConditionExpression: OR
        AND sk <> :x | Invalid operator used in KeyConditionExpression: <>
        AND n = :x | Query condition missed key schema element: sk
        AND contains(sk, :x) | Invalid operator used in KeyConditionExpression: contains
        AND sk > :x AND sk < :x | KeyConditionExpressions must only contain one condition per key
        AND size(sk) > :x | KeyConditionExpressions cannot contain nested operations
        """)
    void other_conditions_on_keys_are_refused(String condition, String message) {
        assertThatThrownBy(() -> query(" " + condition, request -> request, ":x", "1"))
                .hasMessageContaining(message);
    }

    @Test
    void the_type_of_a_key_and_a_filter_on_it_are_checked() {
        assertThatThrownBy(() -> query(" AND sk = :x", request -> request, ":x", 1))
                .hasMessageContaining("Condition parameter type does not match schema type");
        assertThatThrownBy(() -> query("", request -> request.filterExpression("sk = :x"), ":x", "1"))
                .hasMessageContaining(
                        "Filter Expression can only contain non-primary key attributes: Primary key attribute: sk");
        assertThatThrownBy(() -> query("", request -> request.exclusiveStartKey(item("b", "1"))))
                .hasMessageContaining("The provided starting key is outside query boundaries");
    }

    @Test
    void segments_of_a_scan_are_disjoint_and_complete() {
        Set<String> expected = new HashSet<>();
        for (int i = 0; i < 50; i++) {
            put("p" + i, "1");
            expected.add("p" + i);
        }
        List<String> found = new ArrayList<>();
        for (int segment = 0; segment < 3; segment++) {
            found.addAll(segment(segment, 3));
        }
        assertThat(found).hasSize(50).containsExactlyInAnyOrderElementsOf(expected);
    }

    private List<String> segment(int segment, int total) {
        List<String> found = new ArrayList<>();
        Map<String, AttributeValue> after = null;
        do {
            Map<String, AttributeValue> start = after;
            ScanResponse page = client.scan(request -> request.tableName(TABLE)
                    .segment(segment)
                    .totalSegments(total)
                    .limit(7)
                    .exclusiveStartKey(start));
            page.items().forEach(item -> found.add(item.get("pk").s()));
            after = page.hasLastEvaluatedKey() ? page.lastEvaluatedKey() : null;
        } while (after != null);
        return found;
    }

    @Test
    void a_projection_returns_parts_of_items() {
        put("a", "1", "l", List.of("x", "y", "z"), "n", 1);
        QueryResponse page = query("", request -> request.projectionExpression("l[2], l[0], gone"));
        assertThat(page.items()).containsExactly(values("l", List.of("x", "z")));
    }
}

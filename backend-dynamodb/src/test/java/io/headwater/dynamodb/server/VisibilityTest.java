package io.headwater.dynamodb.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.TransactionConflictException;

/** A transaction whose items become visible one after the other. */
class VisibilityTest extends Fixture {
    private record Steps(List<Integer> order, Runnable between) implements VisibilityOrder {
        @Override
        public List<Integer> order(int actions) {
            return order;
        }

        @Override
        public void shown(int items) {
            between.run();
        }
    }

    private void transact(List<Integer> order, Runnable between) {
        server.faults().add(Fault.SPLIT_VISIBILITY, 1).visibility(new Steps(order, between));
        client.transactWriteItems(request -> request.transactItems(
                TransactionsTest.putAction("a", "0"),
                TransactionsTest.putAction("a", "1"),
                TransactionsTest.putAction("a", "2")));
    }

    private Set<String> visible() {
        Set<String> visible = new TreeSet<>();
        client.query(request -> request.tableName(TABLE)
                        .keyConditionExpression("pk = :pk")
                        .expressionAttributeValues(values(":pk", "a"))
                        .consistentRead(true))
                .items()
                .forEach(item -> visible.add(item.get("sk").s()));
        return visible;
    }

    @ParameterizedTest
    @CsvSource({"0,1,2", "0,2,1", "1,0,2", "1,2,0", "2,0,1", "2,1,0"})
    void items_are_seen_in_every_order(int first, int second, int third) {
        List<Set<String>> seen = new ArrayList<>();
        transact(List.of(first, second, third), () -> seen.add(visible()));
        assertThat(seen).containsExactly(Set.of("" + first), new TreeSet<>(Set.of("" + first, "" + second)));
        assertThat(visible()).containsExactly("0", "1", "2");
    }

    @Test
    void writes_and_transactions_conflict_with_items_that_are_not_yet_visible() {
        List<Throwable> failures = new ArrayList<>();
        transact(List.of(2, 1, 0), () -> {
            failures.add(catchThrowableOfType(TransactionConflictException.class, () -> put("a", "0")));
            failures.add(catchThrowableOfType(
                    TransactionCanceledException.class,
                    () -> client.transactGetItems(
                            request -> request.transactItems(TransactionsTest.get("2"), TransactionsTest.get("0")))));
            // The first one is free already.
            put("a", "2", "n", 1);
        });
        assertThat(failures).hasSize(4).doesNotContainNull();
        assertThat(get("a", "2")).isEqualTo(item("a", "2", "n", 1));
        assertThat(get("a", "0")).isEqualTo(item("a", "0"));
    }
}

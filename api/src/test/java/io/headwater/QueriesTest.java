package io.headwater;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@link ReadOptions}, {@link LogQuery} and {@link LogFilter}: R4, G6, C1. */
class QueriesTest {

    @ParameterizedTest
    @ValueSource(ints = {0, -1, Integer.MIN_VALUE})
    void refuse_a_limit_that_is_not_positive(int limit) {
        assertRefused(() -> ReadOptions.forwards().limit(limit), "limit " + limit);
        assertRefused(() -> LogQuery.all().limit(limit), "limit " + limit);
    }

    @Test
    void refuse_a_negative_version() {
        assertRefused(() -> ReadOptions.forwards().from(-1), "version -1");
        assertRefused(() -> ReadOptions.backwards().from(Long.MIN_VALUE), "negative");
        assertThat(ReadOptions.forwards().from(Long.MAX_VALUE).from()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void refuse_null() {
        Set<String> withNull = new HashSet<>(Arrays.asList("a", null));
        assertRefused(() -> new ReadOptions(null, 0, 1), "null");
        assertRefused(() -> LogQuery.all().after(null), "null");
        assertRefused(() -> LogQuery.all().filter(null), "null");
        assertRefused(() -> LogQuery.streamPrefix(null), "null");
        assertRefused(() -> LogQuery.category((String) null), "null");
        assertRefused(() -> LogQuery.category((String[]) null), "category");
        assertRefused(() -> LogQuery.all().types("a", null), "type 2 of 2 is null");
        assertRefused(() -> LogQuery.all().types((String[]) null), "type");
        assertRefused(() -> new LogFilter(null, Set.of(), ""), "null");
        assertRefused(() -> new LogFilter(withNull, Set.of(), ""), "null");
        assertRefused(() -> new LogFilter(Set.of(), withNull, ""), "null");
    }

    /** Some storage could not even look for it. */
    @ParameterizedTest
    @ValueSource(strings = {"a\0", "\n", "a\ud800"})
    void refuse_text_that_no_name_can_have(String text) {
        assertRefused(() -> LogQuery.streamPrefix(text), "stream prefix");
        assertRefused(() -> LogQuery.category(text), "category");
        assertRefused(() -> LogQuery.all().types("a", text), "event type");
    }

    @Test
    void keep_their_other_parts_in_copies() {
        LogQuery query = LogQuery.category("a").types("t").limit(5).after(Position.of(7));
        assertThat(query.backwards().filter()).isEqualTo(query.filter());
        assertThat(query.backwards().limit()).isEqualTo(5);
        assertThat(query.backwards().direction()).isEqualTo(Direction.BACKWARDS);
        assertThat(query.backwards().from()).isEqualTo(Position.of(Long.MAX_VALUE));
        assertThat(query.backwards().after(Position.of(7))).isEqualTo(query);
        assertThat(query.from(Position.of(9)).direction()).isEqualTo(Direction.FORWARDS);
    }

    @Test
    void are_equal_whatever_the_order_of_their_sets() {
        assertThat(LogQuery.category("a", "b", "a"))
                .isEqualTo(LogQuery.category("b", "a"))
                .hasSameHashCodeAs(LogQuery.category("b", "a"));
        assertThat(LogQuery.streamPrefix("").filter().isAll()).isTrue();
        assertThat(LogQuery.category("a").filter().isAll()).isFalse();
    }

    @Test
    void do_not_change_with_the_sets_they_were_made_of() {
        Set<String> categories = new HashSet<>(Set.of("a"));
        LogFilter filter = new LogFilter(categories, Set.of(), "");
        categories.add("b");
        assertThat(filter.categories()).containsExactly("a");
    }

    @ParameterizedTest
    @CsvSource({
        "order-1, placed, true",
        "order-, placed, true",
        "order2-1, placed, false",
        "orders-1, placed, false",
        "order, placed, false",
        "-order-1, placed, false",
        "order-1, shipped, false",
    })
    void accept_only_a_category_and_a_type(String stream, String type, boolean accepted) {
        LogFilter filter = LogQuery.category("order", "x").types("placed").filter();
        assertThat(filter.accepts(event(stream, type))).isEqualTo(accepted);
    }

    @Test
    void take_wildcards_as_plain_text() {
        assertThat(LogQuery.streamPrefix("o%").filter().accepts(event("order-1", "t")))
                .isFalse();
        assertThat(LogQuery.streamPrefix("o_d").filter().accepts(event("ord-1", "t")))
                .isFalse();
        assertThat(LogQuery.streamPrefix("o%").filter().accepts(event("o%rder-1", "t")))
                .isTrue();
        assertThat(LogQuery.category("*").filter().accepts(event("order-1", "t")))
                .isFalse();
    }

    private static RecordedEvent event(String stream, String type) {
        return new RecordedEvent(
                StreamId.of(stream),
                1,
                Position.of(1),
                UUID.randomUUID(),
                type,
                Payload.json("{}"),
                Metadata.none(),
                Instant.EPOCH);
    }

    private static void assertRefused(ThrowingCallable call, String why) {
        assertThatThrownBy(call).isInstanceOf(InvalidRequest.class).hasMessageContaining(why);
    }
}

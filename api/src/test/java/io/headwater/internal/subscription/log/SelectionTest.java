package io.headwater.internal.subscription.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headwater.InvalidRequest;
import io.headwater.LogFilter;
import io.headwater.Metadata;
import io.headwater.StreamId;
import io.headwater.SubscriptionOptions;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SelectionTest {

    private static Selection log(Set<String> categories, Set<String> types, String prefix) {
        return Selection.of(SubscriptionOptions.durable("d").filter(new LogFilter(categories, types, prefix)));
    }

    static Set<Selection> selections() {
        return Set.of(
                log(Set.of(), Set.of(), ""),
                log(Set.of("a", "b"), Set.of("c"), "d"),
                log(Set.of("a\\nb", "a b"), Set.of("\\"), "\\n"),
                log(Set.of(""), Set.of(""), ""),
                log(Set.of("", "a"), Set.of(), ""),
                Selection.of(SubscriptionOptions.durable("d").stream(StreamId.of("a-1"))
                        .types("t")));
    }

    @ParameterizedTest
    @MethodSource("selections")
    void is_read_as_it_was_written(Selection selection) {
        Metadata written = selection.toChange().fields().orElseThrow();
        assertThat(Selection.read(written)).isEqualTo(selection);
    }

    @Test
    void another_one_is_refused_in_words_that_tell_the_two_apart() {
        Selection kept = log(Set.of("a"), Set.of("t"), "a-1");
        assertThatThrownBy(() -> log(Set.of("a"), Set.of("t"), "a-2").checkSame(kept))
                .isInstanceOf(InvalidRequest.class)
                .hasMessageContaining("category a, streams that begin with a-1, type t,")
                .hasMessageContaining("category a, streams that begin with a-2, type t:");
    }

    @Test
    void one_that_no_record_can_hold_is_refused() {
        Set<String> names = IntStream.range(0, LogFilter.MAX_NAMES)
                .mapToObj(i -> "x".repeat(60) + i)
                .collect(Collectors.toSet());
        log(Set.of(), names.stream().limit(500).collect(Collectors.toSet()), "").checkSize();
        assertThatThrownBy(() -> log(Set.of(), names, "").checkSize())
                .isInstanceOf(InvalidRequest.class)
                .hasMessageContaining("65536 can be stored with its checkpoint");
    }
}

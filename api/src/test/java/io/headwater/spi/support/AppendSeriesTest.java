package io.headwater.spi.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headwater.AppendOutcome;
import io.headwater.AppendOutcome.Appended;
import io.headwater.AppendOutcome.Conflict;
import io.headwater.AppendRequest;
import io.headwater.AppendResult;
import io.headwater.EventData;
import io.headwater.ExpectedVersion;
import io.headwater.StreamDeleted;
import io.headwater.StreamId;
import io.headwater.Violation;
import io.headwater.Violation.Reason;
import io.headwater.spi.Positions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What {@link io.headwater.BulkImport} promises. */
class AppendSeriesTest {
    private final List<String> called = new ArrayList<>();

    private AppendSeries series(String... streams) {
        List<AppendRequest> requests = Stream.of(streams)
                .map(name ->
                        AppendRequest.to(StreamId.of(name), ExpectedVersion.any(), List.of(EventData.json("t", "{}"))))
                .toList();
        return AppendSeries.of(requests, this::append);
    }

    private AppendOutcome append(AppendRequest request) {
        StreamId stream = request.writes().get(0).stream();
        called.add(stream.value());
        return switch (stream.value()) {
            case "gone" -> throw new StreamDeleted(stream);
            case "conflict" -> new Conflict(List.of(new Violation(stream, ExpectedVersion.any(), 1, Reason.VERSION)));
            default -> new Appended(List.of(new AppendResult(stream, 1, Positions.of(1), false)));
        };
    }

    @Test
    void all_are_made_in_their_order() {
        assertThat(series("a", "b", "c").orThrow()).hasSize(3).allMatch(Appended.class::isInstance);
        assertThat(called).containsExactly("a", "b", "c");
    }

    @Test
    void a_conflict_is_the_last_outcome() {
        List<AppendOutcome> outcomes = series("a", "conflict", "c").orThrow();
        assertThat(outcomes).hasSize(2);
        assertThat(outcomes.get(1)).isInstanceOf(Conflict.class);
        assertThat(called).containsExactly("a", "conflict");
    }

    @Test
    void a_tombstone_keeps_what_was_before_it() {
        AppendSeries series = series("a", "gone", "c");
        assertThat(series.outcomes()).hasSize(1);
        assertThatThrownBy(series::orThrow).isInstanceOf(StreamDeleted.class);
        assertThat(called).containsExactly("a", "gone");
    }
}

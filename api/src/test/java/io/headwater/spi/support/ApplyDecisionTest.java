package io.headwater.spi.support;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.EventData;
import io.headwater.Position;
import io.headwater.RecordedEvent;
import io.headwater.StreamId;
import io.headwater.spi.Batch;
import io.headwater.spi.Change;
import io.headwater.spi.Change.Advanced;
import io.headwater.spi.Change.Appended;
import io.headwater.spi.Change.Tombstoned;
import io.headwater.spi.Change.Truncated;
import io.headwater.spi.Change.Write;
import io.headwater.spi.Positions;
import io.headwater.spi.support.ApplyDecision.Decided;
import io.headwater.spi.support.ApplyDecision.NewBounds;
import io.headwater.spi.support.ApplyDecision.NewEvents;
import io.headwater.spi.support.ApplyDecision.Target;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What rules of the TCK cannot set up, and the order of the steps. */
class ApplyDecisionTest {
    private static final StreamId STREAM = StreamId.of("a-1");

    private final Map<StreamId, StreamBounds> bounds = new HashMap<>();

    private static RecordedEvent event(long version) {
        EventData data = EventData.json("t", "{}").withId(new UUID(1, version));
        return new RecordedEvent(
                STREAM,
                version,
                Positions.of(100 + version),
                data.id(),
                data.type(),
                data.data(),
                data.metadata(),
                Instant.EPOCH);
    }

    private static Appended append(long from, long to) {
        List<RecordedEvent> events = LongStream.rangeClosed(from, to)
                .mapToObj(ApplyDecisionTest::event)
                .toList();
        return new Appended(List.of(new Write(false, events)));
    }

    private Decided decide(boolean keepPositions, Position end, Change... changes) {
        Target stored = new Target() {
            @Override
            public StreamBounds bounds(StreamId stream) {
                return bounds.getOrDefault(stream, StreamBounds.NONE);
            }

            @Override
            public List<RecordedEvent> events(StreamId stream, long afterVersion, int count) {
                return LongStream.rangeClosed(
                                afterVersion + 1,
                                Math.min(afterVersion + count, bounds(stream).version()))
                        .mapToObj(ApplyDecisionTest::event)
                        .toList();
            }
        };
        return ApplyDecision.decide(
                new Batch(0, "source", keepPositions, List.of(changes), Position.START), end, stored);
    }

    private Decided decide(Change... changes) {
        return decide(false, Position.START, changes);
    }

    @Test
    void steps_are_in_the_order_of_the_batch_and_build_on_each_other() {
        Decided decided = decide(
                append(1, 2), new Truncated(Positions.of(200), STREAM, 3), append(3, 3), append(1, 2), append(3, 3));
        assertThat(decided.diverged()).isEmpty();
        assertThat(decided.steps()).hasSize(3);
        assertThat(decided.steps().get(0)).isInstanceOf(NewEvents.class);
        assertThat((NewBounds) decided.steps().get(1))
                .matches(NewBounds::empties)
                .returns(new StreamBounds(2, 3, false), NewBounds::after);
        assertThat(decided.steps().get(2).version()).isEqualTo(3);
    }

    @Test
    void an_append_of_which_a_part_is_stored_diverges() {
        bounds.put(STREAM, new StreamBounds(2, 1, false));
        assertThat(decide(append(2, 3)).diverged())
                .hasValueSatisfying(diverged -> assertThat(diverged.why()).contains("version 2"));
    }

    @Test
    void a_tombstoned_stream_takes_repeats_only() {
        bounds.put(STREAM, new StreamBounds(2, 3, true));
        assertThat(decide(append(1, 2), new Tombstoned(Positions.of(9), STREAM)))
                .returns(List.of(), Decided::steps)
                .matches(decided -> decided.diverged().isEmpty());
        assertThat(decide(append(3, 3)).diverged()).isPresent();
    }

    @Test
    void nothing_comes_back_and_no_stream_gets_shorter() {
        bounds.put(STREAM, new StreamBounds(5, 4, false));
        assertThat(decide(new Truncated(Positions.of(9), STREAM, 2), new Advanced(STREAM, 3))
                        .steps())
                .isEmpty();
    }

    @Test
    void a_stream_that_advances_counts_as_emptied_there() {
        NewBounds advanced = (NewBounds) decide(new Advanced(STREAM, 3)).steps().get(0);
        assertThat(advanced).matches(NewBounds::empties).returns(List.of(), NewBounds::positions);
    }

    @Test
    void kept_positions_lie_behind_the_log_and_behind_each_other() {
        assertThat(decide(true, Positions.of(100), append(1, 2)).diverged()).isEmpty();
        assertThat(decide(true, Positions.of(101), append(1, 2)).diverged()).isPresent();
        assertThat(decide(true, Positions.of(100), append(1, 2), new Truncated(Positions.of(102), STREAM, 2))
                        .diverged())
                .isPresent();
        assertThat(decide(false, Positions.of(101), append(1, 2)).diverged()).isEmpty();
    }
}

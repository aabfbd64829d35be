package io.headwater.tck.fuzz;

import static io.headwater.ExpectedVersion.any;
import static io.headwater.ExpectedVersion.exactly;
import static io.headwater.ExpectedVersion.noStream;
import static io.headwater.ExpectedVersion.streamExists;
import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.AppendRequest;
import io.headwater.EventData;
import io.headwater.ExpectedVersion;
import io.headwater.Idempotency;
import io.headwater.ReadOptions;
import io.headwater.StreamId;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The examples and corners that the contract itself gives. */
class ModelTest {
    private static final StreamId STREAM = StreamId.of("order-1");

    private final Model model = new Model(Idempotency.RECENT);

    private Answer append(ExpectedVersion expected, int... ids) {
        EventData[] events =
                IntStream.of(ids).mapToObj(id -> Code.plain(Code.id(id))).toArray(EventData[]::new);
        return model.append(AppendRequest.to(STREAM, expected, events));
    }

    /** The example of I1. */
    @Test
    void a_repeat_is_answered_with_the_original_version() {
        append(any(), 1, 2, 3, 4);
        append(exactly(4), 5);
        append(exactly(5), 6, 7, 8, 9);
        assertThat(append(exactly(4), 5)).isEqualTo(Answer.of("replayed", "\"order-1\" at version 5, replayed"));
        assertThat(append(exactly(4), 5, 6).outcome()).isEqualTo("conflict");
        assertThat(model.stream(STREAM).version()).isEqualTo(9);
    }

    @Test
    void only_the_last_ten_appends_without_exact_expectation_are_remembered() {
        IntStream.rangeClosed(1, 10).forEach(id -> append(any(), id));
        assertThat(append(any(), 1).outcome()).isEqualTo("replayed");
        append(streamExists(), 11);
        assertThat(append(any(), 1).outcome()).isEqualTo("appended");
    }

    @Test
    void an_append_that_repeats_another_in_part_is_a_conflict() {
        append(any(), 1, 2);
        assertThat(append(any(), 1).outcome()).isEqualTo("conflict, partial repeat");
        assertThat(append(any(), 2).outcome()).isEqualTo("appended");
    }

    @Test
    void a_later_life_begins_with_a_repeatable_append() {
        append(noStream(), 1);
        model.delete(STREAM, any());
        append(noStream(), 2);
        assertThat(append(noStream(), 2).details()).containsExactly("\"order-1\" at version 2, replayed");
        assertThat(append(noStream(), 1).outcome()).isEqualTo("replayed");
        model.scavenge();
        assertThat(append(noStream(), 1).outcome()).isEqualTo("conflict");
    }

    @Test
    void a_truncated_stream_keeps_its_version() {
        append(any(), 1, 2, 3);
        model.truncateBefore(STREAM, 3);
        assertThat(model.readStream(STREAM, ReadOptions.forwards()).details())
                .containsExactly("version 3, next none", "\"order-1\"@3 e3");
        model.truncateBefore(STREAM, 99);
        append(exactly(3), 4);
        assertThat(model.readStream(STREAM, ReadOptions.backwards()).details())
                .containsExactly("version 4, next none", "\"order-1\"@4 e4");
    }

    @Test
    void a_tombstone_ends_everything() {
        model.tombstone(STREAM, noStream());
        assertThat(append(any(), 1).outcome()).isEqualTo("stream deleted");
        assertThat(model.readStream(STREAM, ReadOptions.forwards()).outcome()).isEqualTo("stream deleted");
        assertThat(model.delete(STREAM, any()).outcome()).isEqualTo("stream deleted");
    }
}

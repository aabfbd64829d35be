package io.headwater.tck.fuzz;

import static io.headwater.ExpectedVersion.any;
import static io.headwater.ExpectedVersion.noStream;
import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.AppendRequest;
import io.headwater.Idempotency;
import io.headwater.StreamDeleted;
import io.headwater.StreamId;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A store says which stream is tombstoned, and not which append of a series ended at it. */
class SeriesAnswersTest {
    private static final StreamId ENDED = StreamId.of("order-1");
    private static final StreamId OTHER = StreamId.of("order-2");

    private final Model model = new Model(Idempotency.RECENT);

    private static AppendRequest append(StreamId stream, int id) {
        return AppendRequest.to(stream, noStream(), Code.plain(Code.id(id)));
    }

    private static Answer ofStore(List<AppendRequest> series) {
        return CheckedCalls.call(series, () -> {
            throw new StreamDeleted(ENDED);
        });
    }

    @Test
    void a_replay_that_checks_the_tombstoned_stream_is_not_taken_for_the_append_that_ended_there() {
        AppendRequest replayed = append(OTHER, 1).check(ENDED, noStream());
        model.append(replayed);
        model.tombstone(ENDED, any());
        List<AppendRequest> series = List.of(replayed, append(ENDED, 2));
        assertThat(model.appendAll(series)).isEqualTo(ofStore(series));
    }

    @Test
    void a_stream_that_is_alone_in_its_append_is_to_be_named() {
        model.tombstone(ENDED, any());
        List<AppendRequest> series = List.of(append(OTHER, 1), append(ENDED, 2));
        assertThat(model.appendAll(series)).isEqualTo(Answers.deleted(ENDED)).isEqualTo(ofStore(series));
    }
}

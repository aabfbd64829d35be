package io.headwater.internal.subscription.delivery;

import static io.headwater.testing.LogEvents.at;
import static io.headwater.testing.LogEvents.event;
import static io.headwater.testing.LogEvents.numbers;
import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.Position;
import io.headwater.RecordedEvent;
import io.headwater.internal.subscription.delivery.LaneQueue.Unfinished;
import io.headwater.spi.Positions;
import java.util.List;
import org.junit.jupiter.api.Test;

class LaneQueueTest {
    private final LaneQueue queue = new LaneQueue(false);

    /** The events of a page, behind position 10, that have these indexes. */
    private static LaneShare share(List<RecordedEvent> page, int... indexes) {
        LaneShare share = new LaneShare(page, Positions.of(10));
        for (int index : indexes) {
            share.add(index);
        }
        return share;
    }

    private static List<RecordedEvent> next(LaneQueue queue, int most) {
        return queue.next(most, Position.END, stream -> false);
    }

    @Test
    void events_are_taken_page_by_page_and_remain_the_same_until_they_are_finished() {
        queue.add(share(at(11, 12, 13), 0, 1, 2));
        queue.add(share(at(14), 0));
        assertThat(numbers(next(queue, 100))).containsExactly(11L, 12L, 13L);
        assertThat(numbers(next(queue, 2))).containsExactly(11L, 12L);
        queue.finish(next(queue, 2));
        assertThat(numbers(next(queue, 100))).containsExactly(13L);
        queue.finish(next(queue, 100));
        assertThat(numbers(next(queue, 100))).containsExactly(14L);
        queue.finish(next(queue, 100));
        assertThat(next(queue, 100)).isEmpty();
        assertThat(queue.finished()).isEqualTo(4);
        assertThat(queue.lastFinished()).isEqualTo(Positions.of(14));
        assertThat(queue.unfinished()).isNull();
    }

    /** The checkpoint may be saved there, although the event belongs to another lane. */
    @Test
    void the_position_before_an_event_is_that_of_the_previous_event_in_the_page() {
        List<RecordedEvent> page = at(11, 14, 17);
        queue.add(share(page, 0, 2));
        assertThat(queue.unfinished()).isEqualTo(new Unfinished(page.get(0), Positions.of(10)));
        queue.finish(next(queue, 1));
        assertThat(queue.unfinished()).isEqualTo(new Unfinished(page.get(2), Positions.of(14)));
        assertThat(numbers(queue.rest())).containsExactly(17L);
    }

    @Test
    void a_position_is_reached_when_no_unfinished_event_is_at_or_before_it() {
        assertThat(queue.isBehind(Position.END)).isFalse();
        queue.add(share(at(11), 0));
        assertThat(queue.isBehind(Positions.of(11))).isTrue();
        assertThat(queue.isBehind(Positions.of(10))).isFalse();
    }

    /** The first unfinished event by position is known only when the page is finished. */
    @Test
    void batches_per_stream_keep_the_position_at_the_beginning_of_the_page() {
        LaneQueue perStream = new LaneQueue(true);
        List<RecordedEvent> page = List.of(event("a-1", 11), event("b-1", 12), event("a-1", 13));
        perStream.add(share(page, 0, 1, 2));
        assertThat(numbers(next(perStream, 100))).containsExactly(11L, 13L);
        perStream.finish(next(perStream, 100));
        assertThat(perStream.unfinished()).isEqualTo(new Unfinished(page.get(0), Positions.of(10)));
        assertThat(numbers(next(perStream, 100))).containsExactly(12L);
        perStream.finish(next(perStream, 100));
        assertThat(perStream.unfinished()).isNull();
    }

    @Test
    void a_batch_ends_at_the_limit_but_has_one_event_at_least() {
        queue.add(share(at(11, 12, 13), 0, 1, 2));
        assertThat(numbers(queue.next(100, Positions.of(12), stream -> false))).containsExactly(11L, 12L);
        assertThat(numbers(queue.next(100, Positions.of(10), stream -> false))).containsExactly(11L);
    }

    @Test
    void an_event_of_a_parked_stream_comes_alone() {
        queue.add(share(List.of(event("a-1", 11), event("b-1", 12), event("b-1", 13)), 0, 1, 2));
        assertThat(numbers(
                        queue.next(100, Position.END, stream -> stream.value().equals("b-1"))))
                .containsExactly(11L);
        queue.finish(next(queue, 1));
        assertThat(numbers(
                        queue.next(100, Position.END, stream -> stream.value().equals("b-1"))))
                .containsExactly(12L);
    }
}

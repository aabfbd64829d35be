package io.headwater.internal.subscription.delivery;

import static io.headwater.testing.LogEvents.BYTES;
import static io.headwater.testing.LogEvents.at;
import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.spi.Positions;
import org.junit.jupiter.api.Test;

class ReadBufferTest {
    private final ReadBuffer buffer = new ReadBuffer();

    private void holds(int events) {
        assertThat(buffer.events()).isEqualTo(events);
        assertThat(buffer.bytes()).isEqualTo((long) events * BYTES);
    }

    @Test
    void a_page_counts_until_its_last_event_is_finished() {
        buffer.add(at(1, 2, 3));
        buffer.add(at(5, 6));
        holds(5);
        buffer.finishedTo(Positions.of(2));
        holds(5);
        buffer.finishedTo(Positions.of(3));
        holds(2);
        buffer.finishedTo(Positions.of(7));
        holds(0);
    }

    @Test
    void positions_behind_another_one_are_listed() {
        buffer.add(at(1, 2, 3));
        buffer.add(at(5, 6));
        assertThat(buffer.after(Positions.of(2))).containsExactly(Positions.of(3), Positions.of(5), Positions.of(6));
    }
}

package io.headwater.spi.support;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.LogPage;
import io.headwater.Metadata;
import io.headwater.Payload;
import io.headwater.Position;
import io.headwater.RecordedEvent;
import io.headwater.StreamId;
import io.headwater.spi.Positions;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** G6. */
class LogPagesTest {
    private static final Position HEAD = Positions.of(9);

    private static List<RecordedEvent> at(long... positions) {
        return LongStream.of(positions)
                .mapToObj(position -> new RecordedEvent(
                        StreamId.of("s"),
                        position,
                        Positions.of(position),
                        new UUID(0, position),
                        "T",
                        Payload.json("{}"),
                        Metadata.none(),
                        Instant.EPOCH))
                .toList();
    }

    @Test
    void a_full_page_ends_at_its_last_event() {
        assertThat(LogPages.forwards(at(2, 4), true, HEAD, HEAD))
                .isEqualTo(new LogPage(at(2, 4), Positions.of(4), true));
        assertThat(LogPages.forwards(at(2, 9), true, HEAD, HEAD)).isEqualTo(new LogPage(at(2, 9), HEAD, false));
        assertThat(LogPages.backwards(at(4, 2), true, Position.START))
                .isEqualTo(new LogPage(at(4, 2), Positions.of(2), true));
    }

    @Test
    void a_page_that_is_not_full_ends_where_the_log_was_looked_at() {
        assertThat(LogPages.forwards(at(2), false, Positions.of(7), HEAD))
                .isEqualTo(new LogPage(at(2), Positions.of(7), true));
        assertThat(LogPages.forwards(at(), false, HEAD, HEAD)).isEqualTo(new LogPage(at(), HEAD, false));
        assertThat(LogPages.backwards(at(4), false, Positions.of(3)))
                .isEqualTo(new LogPage(at(4), Positions.of(3), true));
    }

    @Test
    void backwards_the_beginning_of_the_log_is_the_end() {
        assertThat(LogPages.backwards(at(1), true, Position.START))
                .isEqualTo(new LogPage(at(1), Positions.of(1), false));
        assertThat(LogPages.backwards(at(), false, Positions.of(1)))
                .isEqualTo(new LogPage(at(), Position.START, false));
    }
}

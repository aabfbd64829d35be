package io.headwater.internal.subscription.log;

import static io.headwater.testing.LogEvents.at;
import static io.headwater.testing.LogEvents.numbers;
import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.LogPage;
import io.headwater.Position;
import io.headwater.spi.Positions;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RecentEventsTest {
    private final RecentEvents recent = new RecentEvents();

    @BeforeEach
    void begin() {
        recent.startAt(Positions.of(10));
    }

    private void add(long scannedTo, long... positions) {
        recent.add(new LogPage(at(positions), Positions.of(scannedTo), false));
    }

    private Optional<LogPage> read(long after, int limit) {
        return recent.read(Positions.of(after), event -> true, limit);
    }

    @Test
    void pages_are_those_of_the_store() {
        add(14, 11, 13);
        add(15, 15);
        LogPage first = read(10, 2).orElseThrow();
        assertThat(numbers(first.events())).containsExactly(11L, 13L);
        assertThat(first.scannedTo()).isEqualTo(Positions.of(13));
        assertThat(first.more()).isTrue();
        LogPage last = read(13, 2).orElseThrow();
        assertThat(numbers(last.events())).containsExactly(15L);
        assertThat(last.scannedTo()).isEqualTo(Positions.of(15));
        assertThat(last.more()).isFalse();
    }

    @Test
    void a_page_without_events_leads_to_the_end() {
        add(14, 11, 13);
        LogPage none = recent.read(Positions.of(10), event -> false, 100).orElseThrow();
        assertThat(none.events()).isEmpty();
        assertThat(none.scannedTo()).isEqualTo(Positions.of(14));
    }

    @Test
    void nothing_is_known_before_the_start() {
        add(14, 11, 13);
        assertThat(read(9, 100)).isEmpty();
        recent.startAt(Position.START);
        assertThat(read(0, 100).orElseThrow().events()).isEmpty();
    }

    @Test
    void the_oldest_events_are_dropped_when_there_are_too_many() {
        int many = 10_000;
        add(10 + many, LongStream.rangeClosed(11, 10 + many).toArray());
        assertThat(read(10, 1)).isEmpty();
        assertThat(numbers(read(9 + many, 1).orElseThrow().events())).containsExactly(10L + many);
    }
}

package io.headwater.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.StreamId;
import io.headwater.dynamodb.Chunk.Append;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class HoleTimeoutTest {
    private final HoleTimeout timeout = new HoleTimeout();

    private static Slot slot(int retries) {
        Append append = new Append(UUID.randomUUID(), 1, 1, 0);
        SlotEntry entry = new SlotEntry(StreamId.of("a"), append, Places.number(1, 0), 1, Optional.empty());
        return new Slot(1, List.of(entry), retries);
    }

    private Duration wait(int millis) {
        timeout.appended(Duration.ofMillis(millis).toNanos());
        return Duration.ofNanos(timeout.nanos());
    }

    @Test
    void readers_wait_for_a_quarter_of_a_second_at_least() {
        assertThat(wait(10)).isBetween(Duration.ofMillis(250), Duration.ofMillis(320));
    }

    @Test
    void where_appends_are_slow_readers_wait_for_longer() {
        assertThat(wait(200)).isBetween(Duration.ofMillis(800), Duration.ofMillis(1000));
    }

    @Test
    void readers_wait_for_three_seconds_at_most() {
        assertThat(wait(60_000)).isEqualTo(Duration.ofSeconds(3));
    }

    @Test
    void a_writer_that_was_overtaken_makes_readers_wait_twice_as_long_at_most() {
        timeout.seen(slot(3));

        assertThat(wait(60_000)).isEqualTo(Duration.ofSeconds(6));
        timeout.seen(slot(0));
        assertThat(wait(60_000)).isEqualTo(Duration.ofSeconds(3));
    }
}
